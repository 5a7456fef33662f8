"""A test that purges modules to see the settings of another environment."""

import os
import sys

import shop.settings
from shop.prices import total


def load(environment):
    os.environ["SHOP_ENV"] = environment
    for name in list(sys.modules):
        if name == "shop" or name.startswith("shop."):
            del sys.modules[name]


def test_production_currency():
    load("production")
    assert shop.settings.CURRENCY == "EUR"
    assert total([1, 2]) == "3 EUR"


def test_staging_prices():
    sys.modules.pop("shop.prices", None)
    from shop import prices

    assert prices.total([]) == "0 EUR"


def teardown_module():
    for name in sys.modules:
        if name.startswith("shop."):
            sys.modules.pop(name)
