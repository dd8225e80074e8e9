using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>Prices a program by running it a few times where it is going to run.</summary>
/// <remarks>
/// A Jacobian of many directions repeats one sweep, so a few runs of that sweep tell what all of them take: the trial
/// costs the runs of some sweeps and not of some Jacobians. The first run after something else finds the caches
/// cold and takes up to twice as long, which decides between plans of few sweeps: it is timed apart from those that
/// follow. Of each the shortest time counts, since what disturbs a run only adds to it.
/// </remarks>
/// <param name="prepare">Compiles a program and binds sample inputs; the run is repeated, then what is owned disposed.</param>
/// <param name="options">How long; the defaults without any.</param>
public sealed class TrialPrice(Func<Program, (Action Run, IDisposable? Owned)> prepare, TrialOptions? options = null)
{
    private readonly TrialOptions _options = options ?? new();
    private readonly byte[] _elsewhere = new byte[(options ?? new()).Evict];

    /// <summary>Seconds of a number of runs in a row: give it as <see cref="ModeOptions.ProgramPrice"/>.</summary>
    /// <param name="program">The program.</param>
    /// <param name="times">How often it runs.</param>
    /// <exception cref="NonsmoothException">The options ask for no rounds, or for no runs that follow the first.</exception>
    public double Seconds(Program program, long times)
    {
        if (_options.Rounds < 1 || _options.Again < 1)
        {
            throw new NonsmoothException($"{_options.Rounds} rounds of 1 + {_options.Again} runs measure nothing: ask for at least 1 of each");
        }

        var (run, owned) = prepare(program);
        using (owned)
        {
            run();
            var (first, again) = (double.PositiveInfinity, double.PositiveInfinity);
            double sum = 0;
            for (int round = 0; round < _options.Rounds || (sum < _options.Budget.TotalSeconds && round < _options.MostRounds); round++)
            {
                Array.Fill(_elsewhere, (byte)round);
                double taken = Time(run);
                (first, sum) = (Math.Min(first, taken), sum + taken);
                for (int i = 0; i < _options.Again && times > 1; i++)
                {
                    taken = Time(run);
                    (again, sum) = (Math.Min(again, taken), sum + taken);
                }
            }

            return times > 1 ? first + ((times - 1) * again) : first;
        }
    }

    private double Time(Action run)
    {
        long begin = _options.Clock.GetTimestamp();
        run();
        return _options.Clock.GetElapsedTime(begin).TotalSeconds;
    }
}
