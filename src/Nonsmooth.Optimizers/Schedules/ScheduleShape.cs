using System.Globalization;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>
/// Schedules as texts that leave the highest rate, the warm-up and the length to the run: <c>cosine:0.1</c> falls to a tenth
/// of the rate. What is none of them is read as <see cref="ScheduleText"/>, which has numbers of its own. To add one: a row.
/// </summary>
public static class ScheduleShape
{
    /// <summary>The shape of a rate that does not move.</summary>
    public const string Constant = "constant";

    private const long AnyLength = 1L << 40;

    private static readonly Shape[] _shapes =
    [
        new(Constant, 0, 0, (_, run) => run.Warmup > 0 ? run.Rise(new ConstantRate(run.Rate)) : null),
        new("cosine[:FINAL]", 0, 1, (v, run) => run.Warmup > 0
            ? new WarmupCosineRate(run.Rate, run.Warmup, run.Steps, run.Final(v, 0))
            : new CosineRate(run.Rate, run.Steps, run.Final(v, 0))),
        new("linear[:FINAL]", 0, 1, (v, run) => run.Rise(new LinearRate(run.Rate, run.Final(v, 0), run.AfterWarmup))),
        new("step:FACTOR:EVERY", 2, 2, (v, run) => run.Rise(new StepRate(run.Rate, v[0], run.Part(v[1])))),
        new("wsd:DECAY[:FINAL]", 1, 2, (v, run) => new WarmupStableDecayRate(run.Rate, run.Warmup, run.Steps, run.Part(v[0]), run.Final(v, 1))),
        new("polynomial:POWER[:FINAL]", 1, 2, (v, run) => run.Rise(new PolynomialRate(run.Rate, run.Final(v, 1), run.AfterWarmup, v[0]))),
        new("exponential:FINAL", 1, 1, (v, run) => run.Rise(new ExponentialRate(run.Rate, v[0], run.AfterWarmup))),
        new("restarts:FIRST[:GROWTH[:FINAL]]", 1, 3, (v, run) => run.Rise(new CosineRestartsRate(run.Rate, run.Part(v[0]), v.Length > 1 ? Length.Whole(v[1]) : 1, run.Final(v, 2)))),
        new("milestones:FACTOR:AT[:AT…]", 2, int.MaxValue, (v, run) => run.Rise(new MilestoneRate(run.Rate, v[0], v.Skip(1).Select(run.Part)))),
        new("one-cycle[:RISE]", 0, 1, (v, run) => run.Rise(run.AfterWarmup is var n && n > 1
            ? new OneCycleRate(run.Rate, Math.Max(0, ((v.Length > 0 ? v[0] : 0.3) * n) - 1), n - 1)
            : new ConstantRate(run.Rate))),
        new("inverse-sqrt", 0, 0, (_, run) => new InverseSqrtRate(run.Rate, Math.Max(1, run.Warmup))),
    ];

    /// <summary>The shapes there are.</summary>
    public static string Shapes { get; } = string.Join(", ", _shapes.Select(s => s.Text));

    /// <summary>The texts there are: FINAL is a share of the rate; EVERY, DECAY, FIRST and AT are steps or, below 1, a share of the run.</summary>
    public static string Help { get; } = $"{Shapes}, or one with its own numbers as cosine:PEAK:STEPS:FLOOR";

    /// <summary>What the texts begin with.</summary>
    public static IEnumerable<string> Names => _shapes.Select(s => s.Name);

    /// <summary>The texts as a setting takes them.</summary>
    internal static Range<string> Range { get; } = new(Help, text => text, Read, _ => true) { Placeholder = "SCHEDULE", Names = [.. Names] };

    /// <summary>Refuses a text that is no schedule.</summary>
    /// <exception cref="NonsmoothException">It is none, or a number is out of its range.</exception>
    public static void Check(string text) => Make(text, 1, 0, AnyLength);

    /// <summary>Whether a text is a schedule with its own numbers, which no rate of a run changes.</summary>
    public static bool HasOwnRates(string text) => Find(text) is null;

    /// <summary>The schedule of a run; null where the rate is the same at every step.</summary>
    /// <param name="text">One of <see cref="Help"/>.</param>
    /// <param name="rate">The highest rate; not used by schedules with their own numbers.</param>
    /// <param name="warmup">Steps in which the rate rises from 0.</param>
    /// <param name="steps">Steps of the run, warm-up included.</param>
    /// <exception cref="NonsmoothException">The text is none, or a number is out of its range.</exception>
    public static IRateSchedule? Make(string text, double rate, long warmup, long steps)
    {
        var run = new Length(rate, warmup, steps);
        if (Find(text) is var (shape, numbers))
        {
            return shape.Make(numbers, run);
        }

        if (text.Split(':').Length < 3)
        {
            throw new NonsmoothException($"give {Help}");
        }

        return run.Rise(ScheduleText.Parse(text) ?? throw new NonsmoothException($"give {Help}"));
    }

    /// <summary>Whether the rates depend on how many steps the run has.</summary>
    internal static bool DependsOnLength(string text) => !Equals(Make(text, 1, 0, AnyLength), Make(text, 1, 0, AnyLength / 2));

    private static bool Read(string text, out string value)
    {
        Check(text);
        value = text;
        return true;
    }

    private static (Shape Shape, double[] Numbers)? Find(string text)
    {
        string[] parts = text.Split(':');
        double?[] numbers = [.. parts.Skip(1).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : (double?)null)];
        var shape = Array.Find(_shapes, s => s.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase) && numbers.Length >= s.Least && numbers.Length <= s.Most);
        return shape is not null && numbers.All(n => n is not null) ? (shape, [.. numbers.Select(n => n!.Value)]) : null;
    }

    private sealed record Shape(string Text, int Least, int Most, Func<double[], Length, IRateSchedule?> Make)
    {
        public string Name { get; } = Text.Split(':', '[')[0];
    }

    private readonly record struct Length(double Rate, long Warmup, long Steps)
    {
        public long AfterWarmup
        {
            get
            {
                OptionCheck.Require(Warmup >= 0 && Warmup < Steps, "warmup", Warmup, $"at least 0 and fewer than the {Steps} steps");
                return Steps - Warmup;
            }
        }

        public IRateSchedule Rise(IRateSchedule after) => Warmup > 0 ? new WarmupRate(Warmup, after) : after;

        public double Final(double[] numbers, int index) => numbers.Length > index ? Rate * numbers[index] : 0;

        public static long Whole(double number)
        {
            OptionCheck.Require(number >= 1 && number == Math.Floor(number) && number < 1e15, "growth", number, "a whole number of at least 1");
            return (long)number;
        }

        public long Part(double number)
        {
            OptionCheck.Require(
                number > 0 && (number < 1 || (number == Math.Floor(number) && number < 1e15)), "number of steps", number, "a whole number, or a share of the run below 1");
            return number < 1 ? Math.Max(1, (long)Math.Round(number * Steps)) : (long)number;
        }
    }
}
