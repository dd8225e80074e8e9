using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;

namespace Nonsmooth.Compiled;

/// <summary>Times small programs on each executor in rounds, and fits what each kind of work takes.</summary>
internal static class ExecutorCalibration
{
    // The first are cold.
    private const int LeastRounds = 12;

    // The runtime compiles what is called often once more, after a while in which it compiles nothing else.
    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(400);

    private static readonly Executor[] _executors = [Executor.Interpreter, Executor.Tape, Executor.Compiled];

    public static ExecutorModel Run(TimeSpan budget, TimeProvider clock, TimeProvider wall)
    {
        long begin = wall.GetTimestamp();
        var trials = CalibratedPrograms.All().SelectMany(program => _executors.Select(e => new Trial(program, e))).ToList();

        // In rounds: a disturbance of some seconds spoils a round of each program, and not all of some.
        int rounds = 0;
        TimeSpan round;
        do
        {
            long from = wall.GetTimestamp();
            trials.ForEach(trial => trial.Round(clock));
            if (++rounds == LeastRounds / 2 && budget > TimeSpan.Zero)
            {
                Thread.Sleep(_again);
            }

            round = wall.GetElapsedTime(from);
        }
        while (wall.GetElapsedTime(begin) + round < budget || (rounds < LeastRounds && budget > TimeSpan.Zero));

        var rates = _executors.Select(e => Fit([.. trials.Where(t => t.Executor == e)])).ToArray();
        return new(rates[0], rates[1], rates[2]);
    }

    private static ExecutorRates Fit(List<Trial> trials)
    {
        var empty = new Dictionary<ExecutorWork, double>();
        bool isMade = trials[0].Executor != Executor.Interpreter;
        return new(
            ExecutorRates.Fit([.. trials.Select(t => (t.Work.Amounts, t.Running))]),
            isMade ? ExecutorRates.Fit([.. trials.Select(t => (Made(t.Work.Amounts), t.Making))]) : empty);
    }

    // What is made: operations written out, loops and kernels.
    private static double[] Made(double[] amounts) =>
    [
        .. amounts.Select((a, kind) => (ExecutorWork)kind is ExecutorWork.Run or ExecutorWork.Step or ExecutorWork.StepFunction or ExecutorWork.Loop or ExecutorWork.Kernel ? a : 0),
    ];

    private sealed class Trial
    {
        // Long enough for the clock.
        private const double Least = 5e-5;
        private const int Makings = 3;
        private const int MostCalls = 10_000;

        private readonly Program _program;
        private readonly Array[] _point;
        private Action _run = () => { };
        private int _makings;
        private int _calls = 1;

        public Trial(Program program, Executor executor)
        {
            (_program, Executor, Work) = (program, executor, ProgramWork.Of(program, executor));
            _point = [.. program.Inputs.Select((input, k) => Enumerable.Range(0, program.Types[input.Value].Shape.Elements).Select(i => 0.5 + (0.4 * Math.Sin((3 * i) + k))).ToArray())];
        }

        public Executor Executor { get; }

        public ProgramWork Work { get; }

        public double Running { get; private set; } = double.PositiveInfinity;

        public double Making { get; private set; } = double.PositiveInfinity;

        public void Round(TimeProvider clock)
        {
            if (_makings++ < Makings)
            {
                long begin = clock.GetTimestamp();
                _run = Made();
                _run();
                Making = Math.Min(Making, Math.Max(1e-9, clock.GetElapsedTime(begin).TotalSeconds));
            }

            double seconds = Calls(clock);
            while (seconds < Least / 2 && _calls < MostCalls)
            {
                _calls = Math.Min(4 * _calls, MostCalls);
                seconds = Calls(clock);
            }

            Running = Math.Min(Running, Math.Max(1e-10, seconds / _calls));
            _calls = Math.Clamp((int)(Least / Running), 1, MostCalls);
        }

        private double Calls(TimeProvider clock)
        {
            long start = clock.GetTimestamp();
            for (int call = 0; call < _calls; call++)
            {
                _run();
            }

            return clock.GetElapsedTime(start).TotalSeconds;
        }

        private Action Made()
        {
            if (Executor == Executor.Interpreter)
            {
                return () => Interpreter.Run<Float64>(_program, _point);
            }

            var run = CompiledProgram<double>.Of(_program, new CompileOptions { Mode = Executor == Executor.Tape ? CompileMode.Tape : CompileMode.Code }).Start();
            for (int i = 0; i < _point.Length; i++)
            {
                run.Set(i, _point[i]);
            }

            return run.Execute;
        }
    }
}
