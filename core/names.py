"""Search keys for names: one spelling for "Ançar Dine", "ANSAR AL-DIN" and "Jama’at"."""

import re
import unicodedata

# Latin letters that Unicode does not decompose, and marks that readers type in many ways.
_FOLD = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss"})
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def search_key(name: str) -> str:
    """Casefolded, without diacritics, apostrophes, hyphens or repeated spaces, in any script."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_FOLD))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"['’ʿʾ‘`´]", "", text)
    return _NOT_WORD.sub(" ", text).strip()
