using System.Security.Cryptography;
using System.Text;

namespace Nonsmooth.Cli.Live;

/// <summary>A report as it is at the moment, for a browser that comes back for the next.</summary>
internal sealed record LivePage
{
    /// <summary>The name of the script, beside the page.</summary>
    public const string Script = "live.js";

    /// <summary>Makes the page of a report.</summary>
    /// <param name="page">The report as a page.</param>
    /// <param name="hasEnded">Whether nothing will change any more.</param>
    public LivePage(string page, bool hasEnded)
    {
        string html = page
            .Replace("</head>", "<link rel=\"icon\" href=\"data:,\">\n</head>", StringComparison.Ordinal)
            .Replace("</body>", $"<script src=\"{Script}\"></script>\n</body>", StringComparison.Ordinal);
        (Html, HasEnded) = (Encoding.UTF8.GetBytes(html), hasEnded);
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Html))[..16]}{(hasEnded ? "e" : "")}\"";
        Policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + $"style-src {string.Join(' ', Styles(html).Select(style => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'"))}";
    }

    /// <summary>The page.</summary>
    public byte[] Html { get; }

    /// <summary>Whether nothing will change any more.</summary>
    public bool HasEnded { get; }

    /// <summary>What tells it from another, as HTTP's ETag.</summary>
    public string Tag { get; }

    /// <summary>What a browser may do for it: run its script, ask the same server, show its own styles, and nothing else.</summary>
    public string Policy { get; }

    private static IEnumerable<string> Styles(string html) => html.Split("<style>").Skip(1).Select(rest => rest.Split("</style>")[0]);
}
