"""A table of Spark as a register: laid down as Parquet, so that every row has its place and is worked out only once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.screening.sparksession import cause, classic

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import DataType


def is_spark_table(table: object) -> bool:
    """Whether it is a table of Spark; without loading Spark."""
    return any(f"{each.__module__}.{each.__name__}".startswith("pyspark.sql.") for each in type(table).__mro__[:-1])


def lay_down(table: DataFrame, folder: Path) -> None:
    """Write the rows into a folder, in the table's own order, under names that are the same each time. Raises
    `InvalidInput` where Spark cannot."""
    classic(table.sparkSession)
    folder = folder.resolve()  # Java has a working folder of its own
    half = folder.with_name(folder.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        cells = [_cell(table, field.name, field.dataType) for field in table.schema.fields]
        table.select(*cells).write.parquet(str(half))
    except Exception as error:  # whatever the plan of the table meets
        help_ = "its columns need different names, and its rows must come out of `table.collect()`"
        message = f"Spark cannot lay down the table: {cause(error)}"
        raise InvalidInput([Diagnostic("LG0827", message, help=help_)]) from None
    for number, file in enumerate(sorted(half.glob("part-*.parquet"))):
        file.rename(half / f"rows-{number:06}.parquet")
    for beside in (*half.glob("_*"), *half.glob(".*")):
        beside.unlink()
    half.rename(folder)


def _cell(table: DataFrame, name: str, kind: DataType) -> Column:
    """What Parquet holds in other ways on other engines is written as Spark shows it; a point in time in the session's
    time zone."""
    from pyspark.sql import functions, types

    column = table[f"`{name.replace('`', '``')}`"]
    if isinstance(kind, types.MapType):
        return functions.to_json(column).alias(name)
    plain = types.StringType, types.NumericType, types.BooleanType, types.DateType, types.BinaryType
    if isinstance(kind, (*plain, types.ArrayType, types.StructType)):
        return column
    return column.cast("string").alias(name)
