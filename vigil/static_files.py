"""Static files under names that hold a digest of their content, to be kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Vigil's modules import one another by these names too, so that a browser keeps every one.

    Django's own `support_js_module_import_aggregation` reads every script that any package brings,
    and stumbles over words like `import` in htmx: only our own folder is rewritten.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched>from "(?P<url>\./[\w-]+\.js)")', 'from "%(url)s"'),)),
    )
