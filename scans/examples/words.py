from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# ruleid: mark-safe
shown = mark_safe(typed)
# ruleid: mark-safe
shown = SafeString(typed)
# ok: mark-safe
shown = format_html("<p>{}</p>", typed)
