using System.Runtime.InteropServices;

namespace Nonsmooth.Compiled;

/// <summary>A program as steps on single numbers, written while rules run on <see cref="Taped"/>; equal steps are one.</summary>
internal sealed class Tape
{
    private readonly List<TapeStep> _steps = [];
    private readonly Dictionary<TapeStep, int> _known = [];

    public Tape() => Write(new(TapeCode.Constant));

    public ReadOnlySpan<TapeStep> Steps => CollectionsMarshal.AsSpan(_steps);

    public int Count => _steps.Count;

    public TapeStep this[int step] => _steps[step];

    /// <summary>The step's number: an earlier one where an equal step is there. The constant 0 is step 0.</summary>
    public int Write(TapeStep step)
    {
        ref int at = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, step, out bool exists);
        if (!exists)
        {
            at = _steps.Count;
            _steps.Add(step);
        }

        return at;
    }

    public void Store(int value, int address) => _steps.Add(new(TapeCode.Store, value, address));

    public void Kernel(int kernel) => _steps.Add(new(TapeCode.Kernel, kernel));

    public int Constant(double value) => Write(new(TapeCode.Constant, number: value));

    public int Mask(bool holds) => Write(new(holds ? TapeCode.Equal : TapeCode.Less, 0, 0));

    public int Select(int mask, int yes, int no) => yes == no ? yes : Write(new(TapeCode.Select, mask, yes, no));

    public int Not(int mask) => _steps[mask] is { Code: TapeCode.Not, A: var inner } ? inner : Write(new(TapeCode.Not, mask));

    /// <summary>One of three by comparing with a constant; a NaN takes the last.</summary>
    public int Branch(int value, double threshold, int below, int at, int above)
    {
        if (below == above && at == above)
        {
            return above;
        }

        int bound = Constant(threshold);
        return below == at ? Select(Write(new(TapeCode.LessEqual, value, bound)), below, above)
            : Select(Write(new(TapeCode.Less, value, bound)), below, Select(Write(new(TapeCode.Equal, value, bound)), at, above));
    }

    /// <summary>Which steps some effect needs.</summary>
    public bool[] Needed()
    {
        var needed = new bool[_steps.Count];
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            var step = _steps[i];
            if (needed[i] |= step.IsEffect)
            {
                for (int o = 0; o < step.Operands; o++)
                {
                    needed[step.Operand(o)] = true;
                }
            }
        }

        return needed;
    }

    /// <summary>The same steps with each needed cosine right after the sine of the same number, so that both are found at once.</summary>
    /// <remarks>A value that backprop would find from x when it comes back is found, and kept, instead of x.</remarks>
    public Tape Paired()
    {
        var needed = Needed();
        var cosines = new Dictionary<int, int>();
        for (int i = 0; i < _steps.Count; i++)
        {
            if (needed[i] && _steps[i].Code == TapeCode.Cos)
            {
                cosines.TryAdd(_steps[i].A, i);
            }
        }

        if (cosines.Count == 0)
        {
            return this;
        }

        var paired = new Tape();
        paired._steps.Clear();
        var at = new int[_steps.Count];
        at.AsSpan().Fill(-1);
        for (int i = 0; i < _steps.Count; i++)
        {
            if (at[i] < 0)
            {
                Move(i);
                if (needed[i] && _steps[i].Code == TapeCode.Sin && cosines.TryGetValue(_steps[i].A, out int cosine) && at[cosine] < 0)
                {
                    Move(cosine);
                }
            }
        }

        return paired;

        void Move(int i)
        {
            var s = _steps[i];
            at[i] = paired._steps.Count;
            paired._steps.Add(s.Operands == 0 ? s : new(
                s.Code, at[s.A], s.Operands > 1 ? at[s.B] : s.B, s.Operands > 2 ? at[s.C] : s.C, s.Number));
        }
    }
}
