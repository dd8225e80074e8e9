using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>The kinks of a rule of one variable whose operations switch at numbers that can be computed exactly.</summary>
/// <remarks>
/// Each operation must switch where a linear function of the argument meets a threshold. At such a point the rule is read once
/// for each side: values that agree make a kink, values that differ a jump; slopes must be exact. Else nothing is told.
/// </remarks>
internal static class PointReading
{
    /// <summary>Kinks or jumps; null where they cannot be told exactly.</summary>
    public static KinkStructure? Of(Recording recording, int[] kinked, IUnary rule)
    {
        if (kinked is [var only] && recording.Steps[only].Code is ScalarCode.Floor or ScalarCode.Round)
        {
            return Stairs(recording, only);
        }

        var lines = Lines(recording);
        var switches = new List<(int Step, double Slope, double At)>();
        foreach (int k in kinked)
        {
            if (Crossing(recording, lines, k) is not { } crossing)
            {
                return null;
            }

            switches.Add((k, crossing.Slope, crossing.At));
        }

        var kinks = new List<Kink>();
        var jumps = new List<double>();
        foreach (double at in switches.Select(s => s.At).Distinct().Order())
        {
            var left = Side(recording, switches, at, below: true);
            var right = Side(recording, switches, at, below: false);
            var (l, r) = (Value(left, at), Value(right, at));
            double here = Rounded<Float64>.ToDouble(recording.Run([Rounded<Float64>.FromDouble(at)])[recording.Result]);
            if (!l.IsDefined || !r.IsDefined || !IsPoint(l) || !IsPoint(r))
            {
                return null;
            }

            if (l.Lower != r.Lower || l.Lower != here)
            {
                jumps.Add(at);
                continue;
            }

            var (a, b) = (left.Slope([(Enclosure)at], 0, Selection.Default), right.Slope([(Enclosure)at], 0, Selection.Default));
            if (!a.IsDefined || !b.IsDefined || !IsPoint(a) || !IsPoint(b))
            {
                return null;
            }

            if (a.Lower != b.Lower)
            {
                kinks.Add(new Kink(at, a.Lower, b.Lower, double.NaN));
            }
        }

        return jumps.Count > 0
            ? new KinkStructure.Jump(
                $"jumps at {RuleReading.Words(jumps.Select(j => new Kink(j, 0, 0, 0)))}",
                arguments => Array.Exists(arguments[0].Elements, x => double.IsNaN(x) || switches.Exists(s => s.At == x)))
            : kinks.Count == 0 ? new KinkStructure.Smooth()
            : new KinkStructure.Points(RuleReading.Words(kinks), s => [.. kinks.Select(k => k with { Selected = Selected(rule, k.At, s) })]);
    }

    // One step of a staircase that is proved to be one makes the function discontinuous; where all its steps are, the rounding tells.
    private static KinkStructure.Jump? Stairs(Recording recording, int step)
    {
        bool floor = recording.Steps[step].Code == ScalarCode.Floor;
        double threshold = floor ? 0 : 0.5;
        if (Lines(recording)[recording.Steps[step].A] is not { Slope: not 0 } line)
        {
            return null;
        }

        var (low, high) = (Level(floor ? -1 : 0), Level(floor ? 0 : 1));
        double at = (threshold - line.Intercept) / line.Slope;
        var (l, r) = (Value(low, at), Value(high, at));
        return l.IsDefined && r.IsDefined && (l.Upper < r.Lower || r.Upper < l.Lower)
            ? new(
                $"jumps where {(recording.Steps[recording.Steps[step].A].Code == ScalarCode.Argument ? "x" : "what it rounds")} is {(floor ? "an integer" : "halfway between integers")}",
                KinkReading.Switches(recording, [step]))
            : null;

        Recording Level(double level)
        {
            ScalarStep[] steps = [.. recording.Steps];
            steps[step] = new(ScalarCode.Constant, Number: level);
            return new Recording(1, steps, recording.Result);
        }
    }

    private static bool IsPoint(Enclosure x) => x.Lower == x.Upper;

    private static Enclosure Value(Recording piece, double at) => piece.Run([(Enclosure)at])[piece.Result];

    private static double Selected(IUnary rule, double at, Selection selection)
    {
        var x = Rounded<Float64>.FromDouble(at);
        return Rounded<Float64>.ToDouble(rule.Slope(x, rule.Value(x), selection));
    }

    // Each step as slope · x + intercept, where it is; in exact arithmetic it would be verified, so crossings are, below.
    private static (double Slope, double Intercept)?[] Lines(Recording recording)
    {
        var lines = new (double Slope, double Intercept)?[recording.Steps.Count];
        var values = recording.Run([Rounded<Float64>.FromDouble(0)]);
        for (int i = 0; i < lines.Length; i++)
        {
            var s = recording.Steps[i];
            if (!recording.Varies(i))
            {
                lines[i] = (0, Rounded<Float64>.ToDouble(values[i]));
                continue;
            }

            var (a, b) = (s.A >= 0 ? lines[s.A] : null, s.B >= 0 ? lines[s.B] : null);
            lines[i] = (s.Code, a, b) switch
            {
                (ScalarCode.Argument, _, _) => (1, 0),
                (ScalarCode.Negate, { } u, _) => (-u.Slope, -u.Intercept),
                (ScalarCode.Add, { } u, { } w) => (u.Slope + w.Slope, u.Intercept + w.Intercept),
                (ScalarCode.Subtract, { } u, { } w) => (u.Slope - w.Slope, u.Intercept - w.Intercept),
                (ScalarCode.Multiply, { Slope: 0 } u, { } w) => (u.Intercept * w.Slope, u.Intercept * w.Intercept),
                (ScalarCode.Multiply, { } u, { Slope: 0 } w) => (u.Slope * w.Intercept, u.Intercept * w.Intercept),
                (ScalarCode.Divide, { } u, { Slope: 0 } w) => (u.Slope / w.Intercept, u.Intercept / w.Intercept),
                _ => null,
            };
        }

        return lines;
    }

    private static (double Slope, double At)? Crossing(Recording recording, (double Slope, double Intercept)?[] lines, int step)
    {
        var s = recording.Steps[step];
        double threshold = s.Code switch
        {
            ScalarCode.Branch => s.Number,
            ScalarCode.Max or ScalarCode.Min or ScalarCode.Abs => 0,
            _ => double.NaN,
        };
        var (a, b) = (lines[s.A], s.Code is ScalarCode.Max or ScalarCode.Min ? lines[s.B] : (0, 0));
        if (double.IsNaN(threshold) || a is not { } u || b is not { } w || u.Slope == w.Slope)
        {
            return null;
        }

        var (slope, intercept) = (u.Slope - w.Slope, u.Intercept - w.Intercept);
        double at = (threshold - intercept) / slope;
        var values = recording.Run([(Enclosure)at]);
        var quantity = s.Code is ScalarCode.Max or ScalarCode.Min ? values[s.A] - values[s.B] : values[s.A];
        return double.IsFinite(at) && quantity.IsDefined && quantity.Lower == threshold && quantity.Upper == threshold ? (slope, at) : null;
    }

    // The rule with each operation that switches replaced by what it takes on one side of a point.
    private static Recording Side(Recording recording, List<(int Step, double Slope, double At)> switches, double at, bool below)
    {
        var steps = new ScalarStep[recording.Steps.Count];
        int[] image = [.. Enumerable.Range(0, steps.Length)];
        for (int i = 0; i < steps.Length; i++)
        {
            var s = recording.Steps[i];
            s = s.Code == ScalarCode.Argument ? s : s with
            {
                A = s.A < 0 ? -1 : image[s.A],
                B = s.B < 0 ? -1 : image[s.B],
                C = s.C < 0 ? -1 : image[s.C],
                D = s.D < 0 ? -1 : image[s.D],
            };
            steps[i] = s;
            int place = switches.FindIndex(w => w.Step == i);
            if (place < 0)
            {
                continue;
            }

            var (_, slope, crossing) = switches[place];
            bool positive = (at == crossing ? !below : at > crossing) == slope > 0;
            (steps[i], image[i]) = s.Code switch
            {
                ScalarCode.Abs when !positive => (new(ScalarCode.Negate, s.A), i),
                ScalarCode.Abs => (new(ScalarCode.Constant), s.A),
                ScalarCode.Branch => (new(ScalarCode.Constant), positive ? s.D : s.B),
                ScalarCode.Max => (new(ScalarCode.Constant), positive ? s.A : s.B),
                _ => (new ScalarStep(ScalarCode.Constant), positive ? s.B : s.A),
            };
        }

        return new Recording(1, steps, image[recording.Result]);
    }
}
