using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Nonsmooth.Files;
using Parquet;
using Parquet.Schema;

namespace Nonsmooth.Data.Arrays;

/// <summary>Tables of examples: a row an example, a named column a number or a text. CSV with a line of names, or Parquet.</summary>
/// <remarks>Numbers are written with a point, whatever the culture. A column in which something is no number is of texts.</remarks>
public sealed record TableFile(IReadOnlyList<TableColumn> Columns)
{
    /// <summary>Whether a path is one, by its ending.</summary>
    public static bool Matches(string path) => Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".PARQUET";

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How many bytes the file, and its cells, may take.</param>
    /// <exception cref="NonsmoothException">It cannot be read, is damaged or too large, or a row has other columns; the message names it and the row.</exception>
    public static TableFile Read(string path, long mostBytes)
    {
        InputFile.Check(path, "table", mostBytes);
        try
        {
            return Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? Csv(path) : Parquet(path, mostBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ParquetException or OverflowException or ArgumentException or FormatException or NotSupportedException)
        {
            throw new NonsmoothException($"'{path}' cannot be read as a table ({PlainText.Of(e.Message.ReplaceLineEndings(" ").TrimEnd('.'))}); use another copy", e);
        }
    }

    private static TableFile Csv(string path)
    {
        using var text = new StreamReader(path);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { Length: > 0 } names)
        {
            throw new NonsmoothException($"'{path}' is empty: give a line of names, then a row an example");
        }

        string[] shown = [.. names.Select(n => n.Trim())];
        if (shown.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new NonsmoothException($"'{path}' has two columns '{PlainText.Of(twice.Key)}': give each a name of its own");
        }

        var cells = Array.ConvertAll(shown, _ => new List<string>());
        while (csv.Read())
        {
            if (csv.Parser.Count != shown.Length)
            {
                throw new NonsmoothException($"'{path}' has {csv.Parser.Count} cells in row {csv.Parser.Row}, and {shown.Length} names: give a cell a name");
            }

            for (int i = 0; i < cells.Length; i++)
            {
                cells[i].Add(csv.Parser[i].Trim());
            }
        }

        return new TableFile([.. shown.Select((name, i) => TableColumn.OfTexts(name, cells[i]))]);
    }

    private static TableFile Parquet(string path, long mostBytes) => ParquetAsync(path, mostBytes).GetAwaiter().GetResult();

    private static async Task<TableFile> ParquetAsync(string path, long mostBytes)
    {
        var stream = File.OpenRead(path);
        await using var _ = stream.ConfigureAwait(false);
        var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        DataField[] fields = reader.Schema.GetDataFields();
        var columns = Array.ConvertAll(fields, _ => new List<Array>());
        long cells = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            for (int i = 0; i < fields.Length; i++)
            {
                cells += rows.RowCount;
                if (rows.RowCount < 0 || cells > mostBytes / sizeof(double))
                {
                    throw new NonsmoothException($"'{path}' has more cells than fit into {mostBytes} bytes: raise unpacked-bytes");
                }

                columns[i].Add(await Column(path, rows, fields[i]).ConfigureAwait(false));
            }
        }

        return new TableFile([.. fields.Select((f, i) => TableColumn.OfValues(path, f.Name, columns[i]))]);
    }

    private static Task<Array> Column(string path, ParquetRowGroupReader rows, DataField field)
    {
        return Type.GetTypeCode(field.IsArray ? null : field.ClrType) switch
        {
            TypeCode.Double => Values<double>(),
            TypeCode.Single => Values<float>(),
            TypeCode.Int64 => Values<long>(),
            TypeCode.Int32 => Values<int>(),
            TypeCode.Int16 => Values<short>(),
            TypeCode.SByte => Values<sbyte>(),
            TypeCode.Byte => Values<byte>(),
            TypeCode.UInt16 => Values<ushort>(),
            TypeCode.UInt32 => Values<uint>(),
            TypeCode.UInt64 => Values<ulong>(),
            TypeCode.Decimal => Values<decimal>(),
            TypeCode.Boolean => Values<bool>(),
            TypeCode.String => Texts(),
            _ => throw new NonsmoothException($"'{path}' has column '{PlainText.Of(field.Name)}' of {(field.IsArray ? "lists" : field.ClrType.Name)}: give numbers or texts"),
        };

        async Task<Array> Values<T>()
            where T : struct
        {
            if (field.IsNullable)
            {
                var some = new T?[rows.RowCount];
                await rows.ReadAsync<T>(field, some.AsMemory()).ConfigureAwait(false);
                return some;
            }

            var all = new T[rows.RowCount];
            await rows.ReadAsync<T>(field, all.AsMemory()).ConfigureAwait(false);
            return all;
        }

        async Task<Array> Texts()
        {
            string?[] texts = new string?[rows.RowCount];
            await rows.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
            return texts;
        }
    }
}
