using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Nonsmooth.Browser.Tests;

/// <summary>What axe-core finds on a page that shuts somebody out.</summary>
internal static class Faults
{
    // Rows of a long table are alike, and axe-core looks at each of them for long.
    private const string Shorten = "document.querySelectorAll('tbody').forEach((body) => [...body.rows].slice(30).forEach((row) => row.remove()))";

    private const string Look = """
        async (only) => {
          const options = { resultTypes: ['violations'], ...(only ? { runOnly: { type: 'rule', values: [only] } } : {}) };
          const found = await axe.run(document, options);
          return JSON.stringify(found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
            .flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${v.help}: ${n.html}`)));
        }
        """;

    private static readonly string _axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Serious and critical faults, by day and by night: each with its rule and where it is.</summary>
    public static async Task<IReadOnlyList<string>> Of(IPage page)
    {
        await page.EvaluateAsync(Shorten);
        await page.EvaluateAsync(_axe);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        IReadOnlyList<string> byDay = await Find(page, null);

        // Nothing but colours is another at night.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        return [.. byDay, .. (await Find(page, "color-contrast")).Select(fault => $"at night, {fault}")];
    }

    private static async Task<string[]> Find(IPage page, string? only) => JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Look, only))!;
}
