from thinkia.domain.territory import CANTONS, PROVINCES, cantons_of, province_of


def test_there_are_24_provinces_and_the_zones_that_belong_to_none():
    assert list(PROVINCES) == [f"{number:02}" for number in range(1, 25)] + ["90"]
    assert PROVINCES["01"] == "Azuay"
    assert PROVINCES["24"] == "Santa Elena"


def test_there_are_221_cantons_each_of_a_province():
    assert len(CANTONS) == 221
    assert all(len(code) == 4 and province_of(code) in PROVINCES for code in CANTONS)
    assert all(name == name.strip() and name for name in CANTONS.values())


def test_codes_keep_their_zero_and_names_their_accents():
    assert CANTONS["0101"] == "Cuenca"
    assert CANTONS["1316"] == "24 de Mayo"
    assert CANTONS["1705"] == "Rumiñahui"
    assert list(cantons_of("20").values()) == ["San Cristóbal", "Isabela", "Santa Cruz"]
    assert cantons_of("90") == {}
