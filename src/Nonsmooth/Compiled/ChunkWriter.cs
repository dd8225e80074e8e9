using System.Reflection.Emit;

namespace Nonsmooth.Compiled;

/// <summary>Makes a method of a stage's steps.</summary>
/// <remarks>
/// A value that is read once is computed where it is read; another has a local, which serves a later value once nobody reads it.
/// </remarks>
internal sealed class ChunkWriter
{
    // Deep expressions cost the compiler more than locals do.
    private const int Deepest = 12;

    private readonly Tape _tape;
    private readonly Schedule _schedule;
    private readonly LaneCode _code;
    private readonly ILGenerator _il;
    private readonly Stage _stage;
    private readonly int _number;
    private readonly Dictionary<int, LocalBuilder> _locals = [];
    private readonly Stack<LocalBuilder> _values = [];
    private readonly Stack<LocalBuilder> _masks = [];
    private readonly Dictionary<(Type Type, bool IsOut), Stack<LocalBuilder>> _packs = [];
    private readonly int[] _reads;
    private readonly Action<int> _push;
    private readonly Func<int, TapeStep> _tapeStep;

    private ChunkWriter(Tape tape, Schedule schedule, LaneCode code, int stage, int[] reads, ILGenerator il)
    {
        (_tape, _schedule, _code, _number, _stage) = (tape, schedule, code, stage, schedule.Stages[stage]);
        (_reads, _il, _push, _tapeStep) = (reads, il, Push, step => tape[step]);
    }

    /// <summary>Writes the method: of the address of the memory, or of the vectors of it.</summary>
    /// <param name="tape">The steps.</param>
    /// <param name="schedule">Its stages.</param>
    /// <param name="code">The instructions.</param>
    /// <param name="stage">Which stage.</param>
    /// <param name="reads">Zeros, one a step; left as zeros.</param>
    public static DynamicMethod Write(Tape tape, Schedule schedule, LaneCode code, int stage, int[] reads)
    {
        var method = new DynamicMethod($"steps {stage}", typeof(void), [typeof(nint)], typeof(ChunkWriter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        new ChunkWriter(tape, schedule, code, stage, reads, il).Write();
        il.Emit(OpCodes.Ret);
        return method;
    }

    /// <summary>The only stage of a tape as a loop over the elements from an address to another, which is not reached at once.</summary>
    /// <param name="tape">The steps for one element, or vector of them.</param>
    /// <param name="schedule">Its stages.</param>
    /// <param name="code">The instructions.</param>
    /// <param name="reads">Zeros, one a step; left as zeros.</param>
    public static Action<nint, nint> Loop(Tape tape, Schedule schedule, LaneCode code, int[] reads)
    {
        var method = new DynamicMethod("loop", typeof(void), [typeof(nint), typeof(nint)], typeof(ChunkWriter).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var again = il.DefineLabel();
        il.MarkLabel(again);
        new ChunkWriter(tape, schedule, code, 0, reads, il).Write();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, code.Step);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Blt_Un, again);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<nint, nint>>();
    }

    private void Write()
    {
        var steps = _tape.Steps;
        Count(steps, none: false);
        var depth = new int[_stage.To - _stage.From];
        foreach (int[] together in _code.Width == 1 ? StepOrder.Of(steps, _schedule, _stage) : StepOrder.Paired(steps, _schedule, _stage))
        {
            if (together.Length > 1 && _code.Width > 1)
            {
                Waves(together);
            }
            else if (together.Length > 1)
            {
                Pack(together);
            }
            else
            {
                One(together[0], steps[together[0]], depth);
            }
        }

        Count(steps, none: true);
    }

    private void One(int i, in TapeStep step, int[] depth)
    {
        if (step.Code == TapeCode.Store)
        {
            _code.Address(_il, step.B);
            Push(step.A);
            _code.Store(_il, _tape[step.A].IsMask);
            return;
        }

        int home = Home(i);
        int deep = Depth(step, depth);
        if (home < 0 && _reads[i] == 1 && deep < Deepest && !StepOrder.IsPacked(step.Code))
        {
            depth[i - _stage.From] = deep + 1;
            return;
        }

        if (_reads[i] == 0)
        {
            _code.Address(_il, home);
            Expression(step);
            _code.Store(_il, step.IsMask);
            return;
        }

        Expression(step);
        Keep(i, step.IsMask, home);
    }

    // Several calls of one function as one; a sine and a cosine of one number are one call.
    private void Pack(int[] together)
    {
        int[] arguments = [.. together.Select(i => _tape[i].A).Distinct()];
        var call = PackedCall.Of(arguments.Length);
        for (int lane = 0; lane < call.Width; lane++)
        {
            if (lane < arguments.Length)
            {
                Push(arguments[lane]);
                _code.Widen(_il);
            }
            else
            {
                _il.Emit(OpCodes.Ldc_R8, 1.0);
            }
        }

        bool both = Array.Exists(together, i => _tape[i].Code != _tape[together[0]].Code);
        var first = Free(call.Vector, false);
        var cosine = both ? Free(call.Vector, true) : null;
        if (both)
        {
            call.Both(_il, cosine!);
        }
        else
        {
            call.Call(_il, _tape[together[0]].Code);
        }

        _il.Emit(OpCodes.Stloc, first);
        foreach (int step in together)
        {
            _il.Emit(OpCodes.Ldloc, both && _tape[step].Code == TapeCode.Cos ? cosine! : first);
            call.Element(_il, Array.IndexOf(arguments, _tape[step].A));
            _code.Narrow(_il);
            Keep(step, false, Home(step));
        }

        ReadAgain(together);
        Return(first, false);
        Return(cosine, true);
    }

    // A sine and a cosine of one vector.
    private void Waves(int[] together)
    {
        int sine = _tape[together[0]].Code == TapeCode.Sin ? together[0] : together[1];
        Push(_tape[sine].A);
        var cosine = Free(_code.Vector, true);
        _code.Both(_il, cosine);
        Keep(sine, false, Home(sine));
        _il.Emit(OpCodes.Ldloc, cosine);
        int other = together[0] + together[1] - sine;
        Keep(other, false, Home(other));
        ReadAgain(together);
        Return(cosine, true);
    }

    // Arguments were pushed once, whatever number of steps reads them.
    private void ReadAgain(int[] together)
    {
        var seen = new HashSet<int>();
        foreach (int argument in together.Select(i => _tape[i].A).Where(a => !seen.Add(a)))
        {
            if (_locals.TryGetValue(argument, out var local) && --_reads[argument] == 0)
            {
                Release(argument, local, false);
            }
        }
    }

    private LocalBuilder Free(Type type, bool isOut) =>
        _packs.TryGetValue((type, isOut), out var free) && free.TryPop(out var local) ? local : _il.DeclareLocal(type);

    private void Return(LocalBuilder? local, bool isOut)
    {
        if (local is null)
        {
            return;
        }

        if (!_packs.TryGetValue((local.LocalType, isOut), out var free))
        {
            _packs.Add((local.LocalType, isOut), free = []);
        }

        free.Push(local);
    }

    // How often the stage reads each value; none afterwards.
    private void Count(ReadOnlySpan<TapeStep> steps, bool none)
    {
        for (int i = _stage.From; i < _stage.To; i++)
        {
            if (_schedule.IsDone(steps, i))
            {
                for (int o = 0; o < steps[i].Operands; o++)
                {
                    _reads[steps[i].Operand(o)] = none ? 0 : _reads[steps[i].Operand(o)] + 1;
                }
            }
        }
    }

    private int Home(int step) => _schedule.Home[step];

    private int Depth(in TapeStep step, int[] depth)
    {
        int deepest = 0;
        for (int o = 0; o < step.Operands; o++)
        {
            int at = step.Operand(o) - _stage.From;
            deepest = at >= 0 ? Math.Max(deepest, depth[at]) : deepest;
        }

        return deepest;
    }

    // What is on the stack gets a local, and is written where later stages read it.
    private void Keep(int i, bool mask, int home)
    {
        var local = Take(i, mask);
        _il.Emit(OpCodes.Stloc, local);
        if (home >= 0)
        {
            _code.Address(_il, home);
            _il.Emit(OpCodes.Ldloc, local);
            _code.Store(_il, mask);
        }

        if (_reads[i] == 0)
        {
            Release(i, local, mask);
        }
    }

    private void Expression(in TapeStep step) => _code.Emit(_il, step, _tapeStep, _push, _masks);

    private void Push(int step)
    {
        var s = _tape[step];
        if (_locals.TryGetValue(step, out var local))
        {
            _il.Emit(OpCodes.Ldloc, local);
            if (--_reads[step] == 0)
            {
                Release(step, local, s.IsMask);
            }

            return;
        }

        if (s.Code == TapeCode.Constant)
        {
            _code.Constant(_il, s.Number);
            return;
        }

        bool given = s.Code is TapeCode.Load or TapeCode.LoadMask;
        if (!given && _schedule.StageOf(step) == _number)
        {
            Expression(s);
            return;
        }

        _code.Address(_il, given ? s.A : Home(step));
        _code.Load(_il, s.IsMask);
        if (--_reads[step] > 0)
        {
            local = Take(step, s.IsMask);
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Stloc, local);
        }
    }

    private void Release(int step, LocalBuilder local, bool mask)
    {
        _locals.Remove(step);
        (mask ? _masks : _values).Push(local);
    }

    private LocalBuilder Take(int step, bool mask)
    {
        if (!(mask ? _masks : _values).TryPop(out var local))
        {
            local = _il.DeclareLocal(mask ? _code.Vector : _code.Value);
        }

        _locals.Add(step, local);
        return local;
    }
}
