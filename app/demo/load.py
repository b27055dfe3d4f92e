"""Loading the whole demo city, once, into an empty register."""

from sqlalchemy import Engine, text

from app.demo import liaison, officers, registry
from app.demo.city import City, Progress


def is_empty(engine: Engine) -> bool:
    with engine.connect() as connection:
        return not connection.execute(text("select count(*) from ledger_entry")).scalar_one()


def load(engine: Engine, progress: Progress = lambda _: None, scale: int = 0) -> None:
    """Run every act that made the city; `scale` asks for about that many officers."""
    city = City(engine, progress)
    registry.load_calendar(city)
    units = registry.load_units(city)
    registry.load_powers(city, units)
    registry.load_reviews(city, units)
    registry.load_permits(city, units)
    liaison.load_pairs(city, units)
    officers.load_officers(city, units, scale)
    officers.live_on(city, units)
