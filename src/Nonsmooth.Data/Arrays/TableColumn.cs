using System.Globalization;

namespace Nonsmooth.Data.Arrays;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">Its numbers; null where it is of texts.</param>
/// <param name="AreWhole">Whether every number is written as a whole one.</param>
/// <param name="Texts">Its cells as texts; null where it is of numbers.</param>
public sealed record TableColumn(string Name, double[]? Numbers, bool AreWhole, string[]? Texts)
{
    internal static TableColumn OfTexts(string name, IReadOnlyList<string> cells)
    {
        double[] numbers = new double[cells.Count];
        bool whole = true;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return new TableColumn(name, null, false, [.. cells]);
            }

            whole &= long.TryParse(cells[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        }

        return new TableColumn(name, numbers, whole, null);
    }

    internal static TableColumn OfValues(string path, string name, IReadOnlyList<Array> parts)
    {
        var values = parts.SelectMany(p => p.Cast<object?>()).ToArray();
        if (Array.FindIndex(values, v => v is null) is var empty and >= 0)
        {
            throw new NonsmoothException($"'{path}' has no value in column '{PlainText.Of(name)}', row {empty + 1}: fill it, or leave the row out");
        }

        return values switch
        {
            _ when values.All(v => v is string) => new TableColumn(name, null, false, [.. values.Cast<string>()]),
            _ when values.All(v => v is double or float or Half or decimal or long or int or short or sbyte or byte or ushort or uint or ulong or bool) => new TableColumn(
                name, Array.ConvertAll(values, v => v is Half half ? (double)half : Convert.ToDouble(v, CultureInfo.InvariantCulture)), values.All(v => v is not (double or float or Half or decimal)), null),
            _ => throw new NonsmoothException($"'{path}' has {values[0]!.GetType().Name} in column '{PlainText.Of(name)}': give numbers or texts"),
        };
    }
}
