using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing;

/// <summary>The isolated kinks that a function of one variable declares against what it does there.</summary>
internal static class KinkChecks
{
    private const string Check = "kinks";
    private const double Step = 1e-6;

    public static void Run(RulePoint at, Findings findings)
    {
        var function = at.Rules.Row.Function;
        var presets = at.Rules.Presets;
        if (at.Rules.Row.Arguments is not [{ } argument] || at.Rules.Results.Length != 1 || presets.All(p => function.KinkPoints(p.Selection).Count == 0))
        {
            return;
        }

        var scalar = new RulePrograms(new(function, [argument with { Type = Shape.Scalar }]), presets);
        for (int s = 0; s < presets.Count; s++)
        {
            foreach (var kink in function.KinkPoints(presets[s].Selection))
            {
                Declared(new RulePoint(scalar, at.Options, kink.At), kink, s, findings);
            }
        }
    }

    private static void Declared(RulePoint at, Kink kink, int selection, Findings findings)
    {
        string where = $"x = {kink.At} under {at.Rules.Presets[selection].Name}";
        double value = at.Values()[0][0];
        double[][] ahead = [[1]];
        Near("the slope on its left", (value - at.Moved(ahead, -Step).Values()[0][0]) / Step, kink.Left, 5e-6);
        Near("the slope on its right", (at.Moved(ahead, Step).Values()[0][0] - value) / Step, kink.Right, 5e-6);
        Near("the slope of backprop", at.Run(at.Rules.Backward[selection])[0][0], kink.Selected, 1e-12);
        Near("the slope of forprop", at.Run(at.Rules.Forward[selection], [1])[0][0], kink.Selected, 1e-12);
        var preset = at.Rules.Presets[selection].Selection;
        double between = Math.Clamp(
            ReferenceEquals(preset, Selection.MinimalNorm) ? 0 : kink.Selected, Math.Min(kink.Left, kink.Right), Math.Max(kink.Left, kink.Right));
        if (ReferenceEquals(preset, Selection.MinimalNorm) || ReferenceEquals(preset, Selection.Default))
        {
            Near("the slope selected, between the sides", kink.Selected, between, 0);
        }

        void Near(string what, double found, double expected, double bound) =>
            findings.Near(Check, $"{what}, {where}", found, expected, bound * (1 + Math.Abs(expected)), at);
    }
}
