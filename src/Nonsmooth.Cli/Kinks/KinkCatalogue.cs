using Nonsmooth.Cli.Output;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Asks every function of the dictionary where it kinks and what presets select there.</summary>
internal static class KinkCatalogue
{
    /// <summary>The presets that are shown.</summary>
    public static IReadOnlyList<Preset> Shown { get; } =
        [Presets.Find("libtorch-2.10"), Presets.Find("minimal-norm"), Presets.Find("jax"), Presets.Find("tensorflow")];

    /// <summary>Computes the report.</summary>
    public static KinkReport Make()
    {
        IReadOnlyList<Selection> presets = [.. Shown.Select(p => p.Selection)];
        var functions = StandardDictionary.Rows.Select(row => row.Function).ToArray();
        return new KinkReport(
            [.. Shown.Select(p => p.Name)],
            [.. functions.Where(f => f.Regularity == Regularity.PathDifferentiable).SelectMany(f => Rows(f, presets)), .. Losses(presets)],
            [.. TieProbes.Rows(presets)],
            [.. functions.Where(f => f.Regularity == Regularity.NotPathDifferentiable).Select(Jump).DistinctBy(j => j.Function)],
            ZeroProgram.Differentiate(),
            [.. StandardDictionary.Keys.Select(k => KeyRow.Of(k, functions.Where(f => f.Keys.Contains(k)).Select(f => f.Name), Shown))],
            CatalogueSheet.Of(Profile.Usual));
    }

    private static IEnumerable<SlopeRow> Rows(ElementaryFunction function, IReadOnlyList<Selection> presets)
    {
        var chosen = presets.Select(function.KinkPoints).ToArray();
        return chosen[0].Select((kink, i) => (Kink: kink, Index: i))
            .Where(k => k.Kink.Left != k.Kink.Right)
            .Select(k => new SlopeRow(
                function.Name,
                function.Attributes.Length == 0 ? null : function.Attributes.Replace("Infinity", "∞", StringComparison.Ordinal).Replace('-', '−'),
                $"x = {Numbers.Short(k.Kink.At)}",
                k.Kink.Left,
                k.Kink.Right,
                [.. chosen.Select(c => Choice(c[k.Index].Selected, k.Kink.Left, k.Kink.Right))]));
    }

    // Losses are composites: their kinks are asked of backprop, on both sides and between.
    private static IEnumerable<SlopeRow> Losses(IReadOnlyList<Selection> presets)
    {
        yield return Along(Program.Trace(static x => Functions.L1Loss(x, x.Builder.Apply(new Fill(x.Shape, 0))), new Shape(1)), 0);
        yield return Along(Program.Trace(static x => Functions.Hinge(x, x.Builder.Apply(new Fill(x.Shape, 1))), new Shape(1)), 1);

        SlopeRow Along(Program program, double point)
        {
            var loss = program.Nodes[^1].Function;
            double left = Gradients.At(program, presets[0], point - 0.25)[0];
            double right = Gradients.At(program, presets[0], point + 0.25)[0];
            return new SlopeRow(loss.Name, null, loss.Kinks.Where, left, right, [.. presets.Select(p => Choice(Gradients.At(program, p, point)[0], left, right))]);
        }
    }

    private static SlopeChoice Choice(double slope, double left, double right) =>
        new(slope, KinkRule.Of(slope).AtPoint(left, right), KinkRule.Of(slope).Label(left, right));

    private static JumpRow Jump(ElementaryFunction function) =>
        new(function.Name, function.Kinks.Where);
}
