using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Nonsmooth.Browser.Tests;

/// <summary>What axe-core finds on a page that shuts somebody out.</summary>
internal static class Faults
{
    private static readonly string[] _bad = ["serious", "critical"];

    /// <summary>Serious and critical faults: each with its rule and where it is.</summary>
    public static async Task<IReadOnlyList<string>> Of(IPage page)
    {
        // Passes are not read, and on a large page are most of the answer.
        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. from fault in found.Violations where _bad.Contains(fault.Impact) from node in fault.Nodes.Take(3) select $"{fault.Id}: {fault.Help}: {node.Html}"];
    }
}
