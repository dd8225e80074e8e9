using System.Globalization;
using Nonsmooth.Training.Telemetry;

namespace Nonsmooth.Training.Engine;

/// <summary>The loss of a run by step, and where its time went: a line every few steps, so that a run of any length has a curve and a file that stays small.</summary>
/// <remarks>A line has the mean loss, and the seconds of each kind, since the line before it.</remarks>
internal sealed class StepsFile : IDisposable
{
    public const string Name = "steps.csv";
    private const int Lines = 500;

    // A run of slow steps is watched too.
    private const double Often = 5;

    private readonly StepLines _lines;
    private readonly long _every;
    private RunTimes _told;
    private double _toldAt = double.NegativeInfinity;
    private double _sum;
    private int _steps;

    /// <summary>Opens it, keeping the lines of the steps that are done.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="stepsDone">Steps of the run that are done.</param>
    /// <param name="steps">Steps of the whole run.</param>
    public StepsFile(string folder, long stepsDone, long steps)
    {
        _lines = new StepLines(Path.Combine(folder, Name), "step,seconds,loss,data,gradient,sums,update,evaluation,saving", stepsDone);
        _every = Math.Max(1, steps / Lines);
    }

    /// <summary>Hears of a step.</summary>
    /// <param name="loss">Its loss.</param>
    public void Add(double loss)
    {
        _sum += loss;
        _steps++;
    }

    /// <summary>Whether it is time for a line.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="seconds">Time the run has taken.</param>
    public bool IsDue(long step, double seconds) => step % _every == 0 || seconds - _toldAt >= Often;

    /// <summary>Writes the line of the steps since the one before, if there were any.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="seconds">Time the run has taken.</param>
    /// <param name="times">Where the time of this process went.</param>
    /// <exception cref="NonsmoothException">The disk is full, or the file was deleted or replaced.</exception>
    public void Write(long step, double seconds, RunTimes times)
    {
        if (_steps == 0)
        {
            return;
        }

        var since = times - _told;
        string kinds = string.Join(',', ((TimeSpan[])[since.Data, since.Gradient, since.Sums, since.Update, since.Evaluation, since.Saving])
            .Select(t => t.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture)));
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{step},{seconds:F3},{_sum / _steps:R},{kinds}\n"));
        (_told, _toldAt, _sum, _steps) = (times, seconds, 0, 0);
    }

    public void Dispose() => _lines.Dispose();
}
