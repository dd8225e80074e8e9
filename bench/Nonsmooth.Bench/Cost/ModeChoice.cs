using System.Globalization;
using Nonsmooth.Cost;
using Nonsmooth.Tests.Cost.Modes;

namespace Nonsmooth.Bench.Cost;

/// <summary>Whether the advised mode is the faster one, on random programs, against the rules that look at shapes.</summary>
internal static class ModeChoice
{
    private const int Count = 200;
    private const int Trained = 60;
    private const int Rounds = 15;

    public static int Run(string[] args)
    {
        bool libTorch = args is not [] && args[0] == "libtorch";
        int scale = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : libTorch ? 8 : 6;
        var options = new ModeOptions { WithRespectTo = ["x"] };
        using var timer = new PlanTimer(libTorch);
        var training = new List<(JacobianPlan, double)>();
        for (int warm = 0; warm < 2; warm++)
        {
            // Twice: the first time compiles what is measured the second time.
            training.Clear();
            for (int number = 1_000; number < 1_000 + Trained; number++)
            {
                var program = ModePrograms.Random(number, scale);
                JacobianPlan[] plans = [
                    JacobianPlan.Forward(program, options),
                    JacobianPlan.Reverse(program, options),
                    .. Waists.Of(program, ["x"]).Take(2).Select(w => JacobianPlan.Mixed(program, w, DerivativeMode.Forward, DerivativeMode.Reverse, options)),
                ];
                training.AddRange(plans.Zip(timer.Seconds(plans, Rounds)));
            }
        }

        var model = TimeModel.Fit(training);
        Console.WriteLine($"{(libTorch ? "libtorch f32" : "interpreter f64")}, widths × {scale}; fitted on {Trained} other programs: {model}");
        var calibrated = options with { Price = model.Price };
        Tally byCount = new("operations"), byTime = new("fitted time"), twoWay = new("fitted time, two ways"), shapes = new("in < out"), lineax = new("lineax");
        for (int number = 0; number < Count; number++)
        {
            Judge(ModePrograms.Random(number, scale), timer, options, calibrated, [byCount, byTime, twoWay, shapes, lineax]);
        }

        foreach (var tally in new[] { byCount, byTime, twoWay, shapes, lineax })
        {
            Console.WriteLine(tally);
        }

        int found = 0;
        for (int number = 0; number < 10; number++)
        {
            var (program, narrow) = ModePrograms.Bottleneck(number, scale);
            var advice = ModeAdvisor.Recommend(program, options: calibrated);
            double[] seconds = timer.Seconds([JacobianPlan.Forward(program, options), JacobianPlan.Reverse(program, options), advice.Plan], Rounds);
            found += advice.Mode == DerivativeMode.Mixed && advice.Mixed!.Waist.Elements == narrow && seconds[2] < Math.Min(seconds[0], seconds[1]) ? 1 : 0;
        }

        Console.WriteLine($"bottlenecks: cut at the waist and faster in {found} of 10");
        return 0;
    }

    private static void Judge(Programs.Program program, PlanTimer timer, ModeOptions options, ModeOptions calibrated, Tally[] tallies)
    {
        var counted = ModeAdvisor.Recommend(program, options: options);
        var timed = ModeAdvisor.Recommend(program, options: calibrated);
        JacobianPlan forward = JacobianPlan.Forward(program, options), reverse = JacobianPlan.Reverse(program, options);
        var plans = new List<JacobianPlan> { forward, reverse };
        int cutByCount = Cut(counted.Mixed);
        int cutByTime = SameCut(timed.Mixed, counted.Mixed) ? cutByCount : Cut(timed.Mixed);
        double[] seconds = timer.Seconds(plans, Rounds);
        double best = seconds.Min();
        tallies[0].Add(counted.Mode == DerivativeMode.Mixed ? seconds[cutByCount] : seconds[(int)counted.Mode], best);
        tallies[1].Add(timed.Mode == DerivativeMode.Mixed ? seconds[cutByTime] : seconds[(int)timed.Mode], best);
        double regret = (timed.Mode == DerivativeMode.Mixed ? seconds[cutByTime] : seconds[(int)timed.Mode]) / best;
        if (regret > 1.05)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  regret {regret - 1:P1}: {timed.Reason}; measured {string.Join(", ", seconds.Select(t => $"{t:G3}"))} s"));
        }

        double bestOfTwo = Math.Min(seconds[0], seconds[1]);
        tallies[2].Add(seconds[timed.Forward <= timed.Reverse ? 0 : 1], bestOfTwo);
        tallies[3].Add(seconds[timed.Inputs < timed.Outputs ? 0 : 1], best, bestOfTwo);
        tallies[4].Add(seconds[timed.Inputs < 100 || timed.Inputs <= 1.5 * timed.Outputs ? 0 : 1], best, bestOfTwo);

        int Cut(MixedPrice? mixed)
        {
            if (mixed is not null)
            {
                plans.Add(JacobianPlan.Mixed(program, mixed.Waist, mixed.Inner, mixed.Outer, options));
            }

            return plans.Count - 1;
        }
    }

    // One plan timed twice would be the faster one of two at random.
    private static bool SameCut(MixedPrice? one, MixedPrice? other) =>
        one is not null && other is not null && (one.Waist, one.Inner, one.Outer) == (other.Waist, other.Inner, other.Outer);

    private sealed class Tally(string name)
    {
        private readonly List<double> _regrets = [];
        private int _wrongOfTwo;

        public void Add(double taken, double best, double? bestOfTwo = null)
        {
            _regrets.Add((taken / best) - 1);
            _wrongOfTwo += taken > (bestOfTwo ?? best) ? 1 : 0;
        }

        public override string ToString()
        {
            double[] wrong = [.. _regrets.Where(r => r > 0).Order()];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-22} fastest in {_regrets.Count - wrong.Length} of {_regrets.Count}; slower by more than 2 % in {wrong.Count(r => r > 0.02)}, 10 % in {wrong.Count(r => r > 0.1)}; median regret of the others {(wrong.Length > 0 ? wrong[wrong.Length / 2] : 0):P1}, most {wrong.LastOrDefault():P1}; wrong of its own two {_wrongOfTwo}");
        }
    }
}
