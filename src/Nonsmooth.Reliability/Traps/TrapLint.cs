using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps;

/// <summary>Finds the places in a program where a value or a derivative turns to NaN, ∞ or a huge number.</summary>
/// <remarks>
/// <para>
/// Static: rules look for forms (<c>where(x &gt; 0, sqrt(x), 0)</c>) whose ranges let the bad point happen; only the small
/// part of the program behind a suspect is run, at a few points, and a suspect that stays sound there is dropped. Composites
/// are written out first, so a layer norm without an epsilon is found like one written by hand.
/// </para>
/// <para>
/// Give it one's own program, not its gradient, whose divisions are guarded by rules of their own. A function of an
/// input of which nothing is known is taken to be applied inside its domain (<see cref="TrapOptions.Inputs"/>).
/// Source: reliability specification, 5 and 7 (F14).
/// </para>
/// </remarks>
public static class TrapLint
{
    /// <summary>All kinds, in the order in which they are looked for: the first that fits a node names it.</summary>
    public static IReadOnlyList<TrapKind> Kinds { get; } = [.. TrapRules.All.Select(r => r.Kind)];

    /// <summary>The traps of a program, in the order of its nodes, at most one a node.</summary>
    /// <param name="program">The program: a loss, a layer, any function.</param>
    /// <param name="options">The format it will run in and what its inputs can be; 32 bits and anything without them.</param>
    /// <exception cref="NonsmoothException">Options name an input that the program does not have.</exception>
    public static IReadOnlyList<Trap> Of(Program program, TrapOptions? options = null)
    {
        options ??= new TrapOptions();
        foreach (string name in options.Inputs.Keys)
        {
            program.Input(name);
        }

        var facts = new ProgramFacts(program.Flatten().Prune(), options);
        return [.. facts.Program.Nodes.Select(n => At(n, facts)).OfType<Trap>()];
    }

    /// <summary>Nodes of which no trap can be told, because their functions say nothing of themselves: by name, with the function's.</summary>
    /// <param name="program">The program.</param>
    public static IReadOnlyList<(string Node, string Function)> Untold(Program program) =>
        [.. program.Flatten().Prune().Nodes.Where(n => n.Function.Kinks is KinkStructure.Unknown).Select(n => (n.Name, n.Function.Name))];

    private static Trap? At(Node node, ProgramFacts facts)
    {
        foreach (var rule in TrapRules.All)
        {
            if (rule.Match(node, facts) is not { } finding)
            {
                continue;
            }

            var probe = Probe.Of(facts, finding.Output);
            var evidence = probe?.Run(finding.Large, finding.At);
            if (probe is null || evidence is not null)
            {
                return new Trap(node.Name, rule.Kind.Id, Sentence(finding, evidence, facts.Options.Format), finding.Mend, evidence);
            }
        }

        return null;
    }

    private static string Sentence(Finding finding, TrapEvidence? evidence, TrapFormat format) => evidence is null
        ? $"{finding.What}."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{finding.What}: at {evidence.Point} the value is {evidence.Value:G4} and the derivative {evidence.Slope:G4} in {format.Name}.");
}
