"""Text that people write for the public in two languages."""

from dataclasses import dataclass

LANGUAGES = ("es", "en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Spanish and English. Either may still be empty in a draft."""

    es: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.es or self.en)

    def in_language(self, language: str) -> tuple[str, str]:
        """The text and the language it is really in: the other one where the wanted one is empty."""
        wanted = self.en if language == "en" else self.es
        if wanted:
            return wanted, language
        other = "es" if language == "en" else "en"
        return (self.es if other == "es" else self.en), other
