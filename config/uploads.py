"""No form here takes a file. One that is sent all the same is not kept, neither in memory nor on the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFilesHandler(FileUploadHandler):
    """Without it Django would keep a file of any size until the request has ended."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *given: Any, **named: Any) -> None:  # noqa: N803  (Django's name)
        """Refuse what is larger than any form, before it is read."""
        del input_data, META, given, named
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("This is larger than any form.")

    def new_file(self, *given: Any, **named: Any) -> None:
        """Read past it."""
        del given, named
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""
        del raw_data, start

    def file_complete(self, file_size: int) -> None:
        """There is no file."""
        del file_size
