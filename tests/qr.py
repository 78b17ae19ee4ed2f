"""A QR code as a camera would see it on the first page of a PDF."""

import pypdfium2

MM = 72 / 25.4
SCALE = 6


def drawn_modules(content, count, corner, darkest):
    """``count`` rows of so many modules, dark or not, in a corner (left, top, right, bottom: millimetres).

    What is lighter than ``darkest`` (of 255) is paper.
    """
    image = pypdfium2.PdfDocument(content)[0].render(scale=SCALE).to_pil().convert("L")
    box = [round(edge * MM * SCALE) for edge in corner]
    dark = image.crop(box).point(lambda shade: 255 if shade < darkest else 0)
    left, top, right, bottom = dark.getbbox()
    side = (right - left) / count
    assert abs((right - left) - (bottom - top)) <= 2
    spots = [[(left + (x + 0.5) * side, top + (y + 0.5) * side) for x in range(count)] for y in range(count)]
    return [[dark.getpixel((round(x), round(y))) > 0 for x, y in row] for row in spots]
