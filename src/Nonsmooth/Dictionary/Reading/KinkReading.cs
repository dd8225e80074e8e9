using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Where a recorded rule kinks.</summary>
internal static class KinkReading
{
    private const string _switches = "where a maximum, an absolute value or a branch of its rule switches";

    /// <summary>Reads it.</summary>
    /// <param name="recording">The value.</param>
    /// <param name="rule">The rule, where it has one variable: its slope tells what a selection takes.</param>
    /// <param name="expand">The value, written over the dictionary's functions.</param>
    public static KinkStructure Of(Recording recording, IUnary? rule, Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> expand)
    {
        int[] kinked = [.. recording.Kinked];
        if (kinked.Length == 0)
        {
            return new KinkStructure.Smooth();
        }

        var steps = recording.Steps;
        if (kinked is [var only] && only == recording.Result && recording.Arguments == 2
            && steps[only] is { Code: ScalarCode.Max or ScalarCode.Min } pair
            && steps[pair.A].Code == ScalarCode.Argument && steps[pair.B].Code == ScalarCode.Argument && pair.A != pair.B)
        {
            return new KinkStructure.Extremum(pair.Code == ScalarCode.Max);
        }

        return Array.TrueForAll(kinked, k => steps[k].Code is ScalarCode.Max or ScalarCode.Min or ScalarCode.Abs)
            ? new KinkStructure.Form(_switches, expand)
            : (rule is null ? null : PointReading.Of(recording, kinked, rule))
                ?? new KinkStructure.Border(_switches, Switches(recording, kinked), Regularity.Unknown);
    }

    /// <summary>Whether some element of the arguments is where an operation switches, or rounding cannot tell.</summary>
    public static Func<IReadOnlyList<Tensor<double>>, bool> Switches(Recording recording, int[] kinked) => arguments =>
    {
        var at = new Bounded[recording.Arguments];
        for (int i = 0; i < arguments[0].Elements.Length; i++)
        {
            for (int a = 0; a < at.Length; a++)
            {
                at[a] = Bounded.FromDouble(arguments[a].Elements[i]);
            }

            var values = recording.Run<Bounded>(at);
            if (Array.Exists(kinked, k => IsAt(recording.Steps[k], values)))
            {
                return true;
            }
        }

        return false;
    };

    private static bool IsAt(ScalarStep step, Bounded[] v)
    {
        var a = v[step.A];
        return step.Code switch
        {
            ScalarCode.Max or ScalarCode.Min or ScalarCode.Greater => Near(a.Value - v[step.B].Value, a.Error + v[step.B].Error),
            ScalarCode.Abs => Near(a.Value, a.Error),
            ScalarCode.Branch => Near(a.Value - step.Number, a.Error),
            ScalarCode.Slope => Near(a.Value - step.Pieces.First, a.Error) || (step.Pieces.HasSecond && Near(a.Value - step.Pieces.Second, a.Error)),
            ScalarCode.Floor => Near(a.Value - Math.Round(a.Value), a.Error),
            _ => Near(a.Value - 0.5 - Math.Round(a.Value - 0.5), a.Error),
        };

        // Not a number decides nothing that could be told.
        static bool Near(double distance, double error) => !(Math.Abs(distance) > error);
    }
}
