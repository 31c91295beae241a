"""Why a file cannot be opened, in Chinese."""

import errno

import pytest

from lianbing.kit.refusals import file_reason


@pytest.mark.parametrize(
    ("number", "text"), [(errno.ENOENT, "没有这个文件"), (errno.EISDIR, "文件夹"), (errno.ENOSPC, "磁盘已满")]
)
def test_what_was_foreseen_is_said_in_chinese(number, text):
    assert text in file_reason(OSError(number, "English words"))


def test_what_nobody_foresaw_is_said_all_the_same():
    assert file_reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert file_reason(OSError("odd")) == "odd"
