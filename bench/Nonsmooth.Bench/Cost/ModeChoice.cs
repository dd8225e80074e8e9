using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Compiled;
using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Tests.Cost.Modes;

namespace Nonsmooth.Bench.Cost;

/// <summary>Whether the advised mode is the fastest one, on random programs, against the rules that look at shapes.</summary>
internal sealed class ModeChoice
{
    private const int Usual = 200;
    private const int Trained = 40;
    private const int Repeats = 4;
    private const int Rounds = 3;

    private static readonly ModeOptions _options = new() { WithRespectTo = ["x"] };

    private readonly PlanTimer _timer;
    private readonly (ModeTally Tally, ModeOptions Options)[] _prices;
    private readonly ModeTally _shapes = new("in < out");
    private readonly ModeTally _lineax = new("lineax");
    private readonly bool _details;
    private readonly int _count;
    private double _trialSeconds;

    private ModeChoice(Executor executor, int scale, int count, bool details, bool machineModel)
    {
        (_timer, _details, _count) = (new PlanTimer(executor), details, count);
        bool libTorch = executor == Executor.LibTorch;
        var fitted = Fit(scale);
        Console.WriteLine($"{(libTorch ? $"libtorch f32, {LibTorchThreads.Count} thread" : $"{executor} f64")}, widths × {scale}; fitted on {Trained} other programs: {fitted}");
        var trial = new TrialPrice(executor == Executor.Compiled ? PlanTimer.Compile : PlanTimer.Interpret, new TrialOptions { Clock = ThreadClock.Steadiest });
        var timed = _options with { ProgramPrice = fitted.Price, PricedWaists = _options.Waists };
        _prices = [
            (new ModeTally("operations"), _options),
            (new ModeTally("fitted time"), timed),
            (new ModeTally("trial"), _options with { ProgramPrice = libTorch ? LibTorchTrial.Price().Seconds : trial.Seconds }),
        ];
        if (executor == Executor.Compiled)
        {
            var model = ExecutorModel.Calibrate(clock: ThreadClock.Steadiest);
            _prices = [.. _prices, (new ModeTally("model of the executor"), timed with { ProgramPrice = model.Price })];
        }

        if (libTorch && machineModel)
        {
            var machine = MachineModel.Calibrate(new CalibrationOptions { File = null });
            _prices = [.. _prices, (new ModeTally("machine model"), timed with { ProgramPrice = (p, times) => times * machine.Predict(p).Sum(n => n.Seconds) })];
        }
    }

    public static int Run(string[] args)
    {
        // One thread, so that the thread's clock sees all work: other processes of the machine do not count.
        LibTorchThreads.Count = 1;
        var executor = args is [] ? Executor.Interpreter : Enum.Parse<Executor>(args[0], ignoreCase: true);
        int scale = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : executor == Executor.LibTorch ? 8 : 6;
        int count = args.Length > 2 && int.TryParse(args[2], CultureInfo.InvariantCulture, out int programs) ? programs : Usual;
        var bench = new ModeChoice(executor, scale, count, args.Contains("details"), args.Contains("machine"));
        for (int number = 0; number < count; number++)
        {
            bench.Judge(ModePrograms.Random(number, scale), number);
        }

        foreach (var tally in bench._prices.Select(p => p.Tally).Concat([bench._shapes, bench._lineax]))
        {
            Console.WriteLine(tally);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a trial took {1e3 * bench._trialSeconds / bench._count:F0} ms on average"));
        foreach (var (tally, options) in bench._prices)
        {
            Console.WriteLine($"bottlenecks, {tally.Name}: cut at the waist and faster in {Enumerable.Range(0, 10).Count(number => bench.Finds(number, scale, options))} of 10");
        }

        return 0;
    }

    private TimeModel Fit(int scale)
    {
        var training = new List<(JacobianPlan, double)>();
        for (int warm = 0; warm < 2; warm++)
        {
            // Twice: the first time compiles what is measured the second time.
            training.Clear();
            for (int number = 1_000; number < 1_000 + Trained; number++)
            {
                var program = ModePrograms.Random(number, scale);
                JacobianPlan[] plans = [
                    JacobianPlan.Forward(program, _options),
                    JacobianPlan.Reverse(program, _options),
                    .. Waists.Of(program, ["x"]).Take(2).Select(w => JacobianPlan.Mixed(program, w, DerivativeMode.Forward, DerivativeMode.Reverse, _options)),
                ];
                training.AddRange(plans.Zip(_timer.Times(plans, 1, Rounds).Select(t => t.Seconds)));
            }
        }

        return TimeModel.Fit(training);
    }

    private void Judge(Programs.Program program, int number)
    {
        var plans = new List<JacobianPlan> { JacobianPlan.Forward(program, _options), JacobianPlan.Reverse(program, _options) };
        var cuts = new List<(Waist, DerivativeMode, DerivativeMode)>();
        var advice = new ModeAdvice[_prices.Length];
        var chosen = new int[_prices.Length];
        for (int i = 0; i < advice.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            advice[i] = ModeAdvisor.Recommend(program, options: _prices[i].Options);
            _trialSeconds += i == 2 ? Stopwatch.GetElapsedTime(begin).TotalSeconds : 0;
            int cut = advice[i].Mixed is { } mixed ? Cut(mixed) : -1;
            chosen[i] = advice[i].Mode == DerivativeMode.Mixed ? cut : (int)advice[i].Mode;
        }

        var times = _timer.Times(plans, Repeats, Rounds);
        for (int i = 0; i < chosen.Length; i++)
        {
            _prices[i].Tally.Add(chosen[i], times);
        }

        var (r, q) = (advice[0].Inputs, advice[0].Outputs);
        _shapes.Add(r < q ? 0 : 1, times);
        _lineax.Add(r < 100 || r <= 1.5 * q ? 0 : 1, times);
        if (_details)
        {
            string measured = string.Join(", ", times.Select(t => $"{1e6 * t.Seconds:F0} [{1e6 * t.Least:F0} {1e6 * t.Most:F0}]"));
            string prices = string.Join(", ", advice.Select((a, i) => $"{chosen[i]}: {1e6 * a.Forward:F0} {1e6 * a.Reverse:F0} {1e6 * a.Mixed?.Price:F0}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} r {r} q {q} measured {measured}; {prices}; cuts {string.Join(", ", cuts.Select(c => $"{c.Item1.Name} {c.Item1.Elements} {c.Item2} {c.Item3}"))}"));
        }

        // One plan timed twice would be the faster one of two at random.
        int Cut(MixedPrice mixed)
        {
            var key = (mixed.Waist, mixed.Inner, mixed.Outer);
            if (!cuts.Contains(key))
            {
                cuts.Add(key);
                plans.Add(JacobianPlan.Mixed(program, mixed.Waist, mixed.Inner, mixed.Outer, _options));
            }

            return 2 + cuts.IndexOf(key);
        }
    }

    private bool Finds(int number, int scale, ModeOptions options)
    {
        var (program, narrow) = ModePrograms.Bottleneck(number, scale);
        var advice = ModeAdvisor.Recommend(program, options: options);
        var times = _timer.Times([JacobianPlan.Forward(program, _options), JacobianPlan.Reverse(program, _options), advice.Plan], 1, Rounds);
        return advice.Mode == DerivativeMode.Mixed && advice.Mixed!.Waist.Elements == narrow && times[2].Seconds < Math.Min(times[0].Seconds, times[1].Seconds);
    }
}
