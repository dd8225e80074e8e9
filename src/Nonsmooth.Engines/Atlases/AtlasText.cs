using System.Globalization;
using System.Net;
using Nonsmooth.Engines.Judging;

namespace Nonsmooth.Engines.Atlases;

/// <summary>Cells in words.</summary>
internal static class AtlasText
{
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Numbers(IReadOnlyList<double> x, int most = 8) => x.Count == 0 ? "none"
        : x.Count == 1 ? Number(x[0])
        : $"({string.Join(", ", x.Take(most).Select(Number))}{(x.Count > most ? ", …" : "")})";

    public static string Number(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

    public static string Where(JudgedCell cell) => cell.Inputs.Count <= 6 ? Numbers(cell.Inputs) : $"{cell.Point}: {Numbers(cell.Inputs)}";

    /// <summary>The name of a page: only what every file system has.</summary>
    public static string File(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-'));

    /// <summary>The witness in one sentence.</summary>
    public static string Witness(JudgedCell cell)
    {
        if (cell.Witness is not { } witness)
        {
            return cell.Reason ?? "";
        }

        string pieces = string.Join("; ", witness.Pieces.Take(3).Select(p => $"{(p.Share > 0 && witness.Pieces.Count > 1 ? Number(p.Share) + " of " : "")}{Numbers(p.Gradient)} towards {Numbers(p.Direction, 5)}"));
        return witness.Separation.Count > 0
            ? $"the direction {Numbers(witness.Separation, 5)} separates it by {Number(witness.Margin)}: no piece reaches further than {pieces}"
            : witness.MovedTo.Count > 0 ? $"it is that of {Numbers(witness.MovedTo, 5)}: {pieces}"
            : $"pieces: {pieces}";
    }
}
