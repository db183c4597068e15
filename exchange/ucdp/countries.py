"""Countries as UCDP names them."""

from regions.models import Country


class Countries:
    """Countries by Gleditsch-Ward number first, then by name or alias."""

    def __init__(self) -> None:
        self.by_number: dict[int, Country] = {}
        self.by_name: dict[str, Country] = {}
        for country in Country.objects.all():
            if country.gw_number is not None:
                self.by_number[country.gw_number] = country
            for name in (*country.aliases, country.name_fr, country.name):
                self.by_name[name.casefold()] = country

    def named(self, name: str) -> Country | None:
        """By name or alias; `Madagascar (Malagasy)` also by what stands before the bracket."""
        found = self.by_name.get(name.casefold())
        return found or self.by_name.get(name.partition(" (")[0].casefold())

    def of_event(self, number: int | None, name: str) -> Country | None:
        known = self.by_number.get(number) if number is not None else None
        return known or self.named(name)
