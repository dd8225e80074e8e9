using System.Globalization;

namespace Nonsmooth.Training.Engine;

/// <summary>Counts where a run goes backwards through weakly active constraints of solution layers.</summary>
internal sealed class BorderWatch(BorderRule rule, Action<string>? notice)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _step = [];
    private long _total;
    private long _steps;

    /// <summary>Whether a step that finds any may not be taken.</summary>
    public bool Stops => rule == BorderRule.Stop;

    /// <summary>A layer found so many; null where nobody asks.</summary>
    public Action<string, long>? Found => rule == BorderRule.Ignore ? null : Add;

    /// <summary>At the end of a step's gradients: why it may not be taken; null where it may.</summary>
    public string? StepEnded(long step)
    {
        lock (_lock)
        {
            if (_step.Count == 0)
            {
                return null;
            }

            long count = _step.Values.Sum();
            string where = string.Join(", ", _step.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}: {s.Value}")));
            _step.Clear();
            (_total, _steps) = (_total + count, _steps + 1);
            string what = string.Create(CultureInfo.InvariantCulture, $"{count} constraint{(count == 1 ? " is" : "s are")} weakly active ({where})");
            if (rule == BorderRule.Stop)
            {
                return what;
            }

            if (_steps == 1)
            {
                notice?.Invoke(string.Create(CultureInfo.InvariantCulture, $"step {step}: {what}: the gradient there is one-sided, one of several; --at-borders ignore says nothing, stop ends the run"));
            }

            return null;
        }
    }

    /// <summary>The run's count; null without any.</summary>
    public string? Total()
    {
        lock (_lock)
        {
            return _steps == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $"gradients of {_steps} step{(_steps == 1 ? "" : "s")} went through {_total} weakly active constraint{(_total == 1 ? "" : "s")}");
        }
    }

    private void Add(string layer, long count)
    {
        lock (_lock)
        {
            _step[layer] = _step.GetValueOrDefault(layer) + count;
        }
    }
}
