using System.Globalization;
using Nonsmooth.Cli.Documents;

namespace Nonsmooth.Cli.Studies;

/// <summary>Rows as CSV, each written when it is there: what is finished survives whatever comes.</summary>
internal sealed class RowFile : IDisposable
{
    private readonly StreamWriter? _file;

    /// <summary>Starts the file anew; nothing is written without a path.</summary>
    /// <exception cref="NonsmoothException">It cannot be written.</exception>
    public RowFile(string? path)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            _file = new StreamWriter(path) { AutoFlush = true, NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"'{path}' cannot be written: {e.Message}", e);
        }

        _file.WriteLine("study,setting,quantity,published,value,low,high,on,seconds");
    }

    public void Write(string study, ReproductionRow row) => _file?.WriteLine(string.Join(
        ',', new[] { study, row.Setting, row.Quantity, row.Published, Number(row.Value), Number(row.Low), Number(row.High), row.On, Number(Math.Round(row.Seconds, 1)) }.Select(CsvWriter.Field)));

    public void Dispose() => _file?.Dispose();

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
