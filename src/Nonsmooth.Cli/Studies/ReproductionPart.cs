namespace Nonsmooth.Cli.Studies;

/// <summary>What a study measures at once.</summary>
/// <param name="Setting">Under what: what users choose it by.</param>
/// <param name="Measure">Measures it: its rows.</param>
internal sealed record ReproductionPart(string Setting, Func<ReproduceRequest, IReadOnlyList<ReproductionRow>> Measure)
{
    /// <summary>Whether ranks share its tasks, so that all of them measure it; otherwise one rank does, while others measure other parts.</summary>
    public bool IsShared { get; init; }

    /// <summary>A part of one row.</summary>
    public static ReproductionPart Of(string setting, Func<ReproduceRequest, ReproductionRow> measure) => new(setting, request => [measure(request)]);

    /// <summary>The parts that are asked for: those of exactly that setting, or else those whose setting has the text in it.</summary>
    /// <exception cref="UsageException">A text fits none.</exception>
    public static IReadOnlyList<ReproductionPart> Chosen(IReadOnlyList<ReproductionPart> parts, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return parts;
        }

        var chosen = new HashSet<ReproductionPart>();
        foreach (string text in texts)
        {
            var exact = parts.Where(p => p.Setting == text).ToList();
            var fitting = exact.Count > 0 ? exact : [.. parts.Where(p => p.Setting.Contains(text, StringComparison.OrdinalIgnoreCase))];
            if (fitting.Count == 0)
            {
                throw new UsageException($"no row '{text}': there are {string.Join("; ", parts.Select(p => p.Setting).Distinct())}");
            }

            chosen.UnionWith(fitting);
        }

        return [.. parts.Where(chosen.Contains)];
    }
}
