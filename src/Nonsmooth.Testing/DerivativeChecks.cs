using Nonsmooth.Programs;

namespace Nonsmooth.Testing;

/// <summary>The rules against differences and against each other.</summary>
internal static class DerivativeChecks
{
    private const string Differences = "jvp against differences";
    private const string Adjoint = "vjp against jvp";
    private const string Declared = "declared smooth";

    public static void Run(RulePoint at, Findings findings)
    {
        AgainstDifferences(at, findings);
        var integers = at.OnIntegers();
        for (int s = 0; s < at.Rules.Presets.Count; s++)
        {
            AgainstEachOther(at, s, findings);
            AgainstEachOther(integers, s, findings);
        }

        if (at.Rules.Row.Function.Regularity == Regularity.Smooth)
        {
            BothSides(integers, findings);
        }
    }

    private static double[][] Tangents(RulePoint at, Random random) =>
        [.. at.Rules.Reals.Select(i => RulePoint.Direction(at.Inputs[i].Length, random))];

    // A kink or a jump within the step shows as one-sided quotients that differ.
    private static void AgainstDifferences(RulePoint at, Findings findings)
    {
        double step = at.Options.Step;
        var tangents = Tangents(at, new Random(at.Seed + 1));
        var jvp = at.Run(at.Rules.Forward[0], tangents);
        var (behind, centre, ahead) = (at.Moved(tangents, -step).Values(), at.Values(), at.Moved(tangents, step).Values());
        int smooth = 0;
        for (int o = 0; o < centre.Length; o++)
        {
            for (int e = 0; e < centre[o].Length; e++)
            {
                var (left, right) = ((centre[o][e] - behind[o][e]) / step, (ahead[o][e] - centre[o][e]) / step);
                double scale = 1 + Math.Abs(right);
                if (!(Math.Abs(right - left) <= 1e-2 * scale))
                {
                    continue;
                }

                smooth++;
                findings.Near(Differences, $"result {o}, element {e}", jvp[o][e], (ahead[o][e] - behind[o][e]) / (2 * step), 1e-6 * scale, at);
            }
        }

        int all = centre.Sum(c => c.Length);
        findings.Equal(Differences, $"whether half of the {all} elements, not only {smooth}, have no kink within {step}", 2 * smooth >= all, true, at);
    }

    private static void AgainstEachOther(RulePoint at, int selection, Findings findings)
    {
        var random = new Random(at.Seed + 3);
        var (forward, backward) = (at.Rules.Forward[selection], at.Rules.Backward[selection]);
        var tangents = Tangents(at, random);
        var jvp = at.Run(forward, tangents);
        double[][] seeds = [.. jvp.Select(j => RulePoint.Direction(j.Length, random))];
        bool seeded = backward.Inputs.Count > at.Inputs.Length;
        var vjp = at.Run(backward, seeded ? seeds : []);
        double forwards = jvp.Select((j, o) => Inner(seeded ? seeds[o] : [1], j)).Sum();
        double backwards = vjp.Zip(tangents, Inner).Sum();
        double scale = 1 + Math.Abs(forwards) + jvp.Sum(j => j.Sum(Math.Abs));
        findings.Begin(Adjoint);
        if (double.IsFinite(scale) && double.IsFinite(backwards))
        {
            findings.Near(Adjoint, $"⟨Jᵀu, v⟩ for ⟨u, Jv⟩ under {at.Rules.Presets[selection].Name}", backwards, forwards, 1e-10 * scale, at);
        }
    }

    private static void BothSides(RulePoint at, Findings findings)
    {
        findings.Begin(Declared);
        var tangents = Tangents(at, new Random(at.Seed + 4));
        var (wide, narrow) = (Slopes(at, tangents, 1e-4), Slopes(at, tangents, 1e-6));
        for (int o = 0; o < wide.Length; o++)
        {
            for (int e = 0; e < wide[o].Length; e++)
            {
                var (far, near) = (wide[o][e], narrow[o][e]);
                double scale = 1 + Math.Abs(near.Left);

                // Curvature makes the sides differ too, but less the smaller the step.
                if (double.IsFinite(near.Left) && double.IsFinite(near.Right) && Math.Abs(near.Right - near.Left) > 0.5 * Math.Abs(far.Right - far.Left))
                {
                    findings.Near(Declared, $"the slope on the right for that on the left, result {o}, element {e}", near.Right, near.Left, 1e-3 * scale, at);
                }
            }
        }
    }

    private static (double Left, double Right)[][] Slopes(RulePoint at, double[][] tangents, double step)
    {
        var (behind, centre, ahead) = (at.Moved(tangents, -step).Values(), at.Values(), at.Moved(tangents, step).Values());
        return [.. centre.Select((c, o) => c.Select((x, e) => ((x - behind[o][e]) / step, (ahead[o][e] - x) / step)).ToArray())];
    }

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
