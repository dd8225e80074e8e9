using System.Numerics;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>The stages of a compiled program: methods of the memory's address, and kernels.</summary>
/// <param name="Methods">One a stage; null for a kernel.</param>
/// <param name="Kernels">One a stage; null for a method.</param>
/// <param name="Length">How many numbers the memory holds.</param>
/// <param name="Width">How many numbers lie in place of each.</param>
/// <param name="Constants">Numbers that lie in the memory, with their addresses.</param>
internal sealed record Steps<T>(Action<nint>?[] Methods, Kernel<T>?[] Kernels, int Length, int Width, IReadOnlyList<(int Address, T Value)> Constants)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>As machine code, on one number at once or on vectors of them.</summary>
    public static Steps<T> Code(Recorder<T> recorder, int chunk, int width = 1)
    {
        var schedule = Schedule.Of(recorder.Tape, recorder.Length, chunk);
        var code = new LaneCode(typeof(T), width);
        int[] reads = new int[recorder.Tape.Count];
        var methods = new Action<nint>?[schedule.Stages.Count];
        for (int s = 0; s < methods.Length; s++)
        {
            methods[s] = schedule.Stages[s].Kernel >= 0 ? null
                : ChunkWriter.Write(recorder.Tape, schedule, code, s, reads).CreateDelegate<Action<nint>>();
        }

        return new(methods, [.. schedule.Stages.Select(s => s.Kernel < 0 ? null : recorder.Kernels[s.Kernel])], schedule.Length, width, recorder.Constants);
    }

    /// <summary>As tapes that loops walk along.</summary>
    public static unsafe Steps<T> Walk(Recorder<T> recorder)
    {
        var steps = recorder.Tape.Steps;
        var schedule = Schedule.Of(recorder.Tape, recorder.Length, 1);
        var methods = new List<Action<nint>?>();
        var kernels = new List<Kernel<T>?>();
        var written = new List<Instruction>();
        var constants = new Dictionary<int, int>();
        int length = schedule.Length;
        for (int i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            if (step.Code == TapeCode.Kernel)
            {
                Close();
                methods.Add(null);
                kernels.Add(recorder.Kernels[step.A]);
            }
            else if (schedule.IsDone(steps, i))
            {
                int to = step.Code == TapeCode.Store ? step.B : schedule.Home[i];
                written.Add(new(step.Code, to, At(step, 0), At(step, 1), At(step, 2), step.Number));
            }
        }

        Close();
        return new([.. methods], [.. kernels], length, 1, [.. recorder.Constants, .. constants.Select(c => (c.Value, T.CreateTruncating(recorder.Tape[c.Key].Number)))]);

        int At(in TapeStep step, int operand)
        {
            if (operand >= step.Operands)
            {
                return 0;
            }

            int from = step.Operand(operand);
            var given = recorder.Tape[from];
            return given.Code switch
            {
                TapeCode.Load or TapeCode.LoadMask => given.A,
                TapeCode.Constant => constants.TryGetValue(from, out int at) ? at : constants[from] = length++,
                _ => schedule.Home[from],
            };
        }

        void Close()
        {
            if (written.Count > 0)
            {
                var walk = new TapeWalk<T>([.. written]);
                methods.Add(memory => walk.Run((T*)memory));
                kernels.Add(null);
                written.Clear();
            }
        }
    }

    /// <summary>A memory to run in.</summary>
    /// <param name="indices">The shapes of its tensors of indices.</param>
    /// <param name="bound">How many kernels keep something in it.</param>
    public Frame<T> Frame(IReadOnlyList<Shape> indices, int bound)
    {
        var frame = new Frame<T>(Length * Width, indices, bound);
        foreach (var (address, value) in Constants)
        {
            frame.At(address * Width, Width).Fill(value);
        }

        return frame;
    }

    public unsafe void Run(Frame<T> frame)
    {
        for (int s = 0; s < Methods.Length; s++)
        {
            if (Methods[s] is { } method)
            {
                method((nint)frame.Memory);
            }
            else
            {
                Kernels[s]!.Run(frame);
            }
        }
    }
}
