"""A plugin host that reloads its own code while the application runs."""

import importlib
import json

import plugin_api
import plugin_tools
from plugin_api import Plugin, PluginError

REGISTRY = {}


class Echo(Plugin):
    """Built on the class that `plugin_api` had when this file was imported."""

    def run(self, text):
        return plugin_tools.shout(text)


def register(name, plugin):
    if not isinstance(plugin, Plugin):
        raise PluginError(name)
    REGISTRY[name] = plugin


def refresh():
    """Called by the host when a file of the plugin API has changed."""
    importlib.reload(plugin_tools)
    importlib.reload(plugin_api)


def state():
    return json.dumps(sorted(REGISTRY))
