using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Compiled;

/// <summary>A stage as a loop over its steps, for where no code can be made or none is worth it.</summary>
internal sealed unsafe class TapeWalk<T>(Instruction[] instructions)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Runs the steps over a memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(T* m)
    {
        foreach (ref readonly var s in instructions.AsSpan())
        {
            m[s.To] = s.Code switch
            {
                TapeCode.Load or TapeCode.LoadMask or TapeCode.Store => m[s.A],
                TapeCode.Add => m[s.A] + m[s.B],
                TapeCode.Subtract => m[s.A] - m[s.B],
                TapeCode.Multiply => m[s.A] * m[s.B],
                TapeCode.Divide => m[s.A] / m[s.B],
                TapeCode.Negate => -m[s.A],
                TapeCode.Max => m[s.A] > m[s.B] || T.IsNaN(m[s.A]) ? m[s.A] : m[s.B],
                TapeCode.Min => m[s.A] < m[s.B] || T.IsNaN(m[s.A]) ? m[s.A] : m[s.B],
                TapeCode.Select => T.IsZero(m[s.A]) ? m[s.C] : m[s.B],
                TapeCode.Less => Mask(m[s.A] < m[s.B]),
                TapeCode.LessEqual => Mask(m[s.A] <= m[s.B]),
                TapeCode.Equal => Mask(m[s.A] == m[s.B]),
                TapeCode.Unordered => Mask(T.IsNaN(m[s.A])),
                TapeCode.And => Mask(!T.IsZero(m[s.A]) && !T.IsZero(m[s.B])),
                TapeCode.Or => Mask(!T.IsZero(m[s.A]) || !T.IsZero(m[s.B])),
                TapeCode.Not => Mask(T.IsZero(m[s.A])),
                _ => T.CreateTruncating(Wide(s, double.CreateTruncating(m[s.A]), s.Code == TapeCode.Pow ? double.CreateTruncating(m[s.B]) : 0)),
            };
        }
    }

    private static T Mask(bool holds) => holds ? T.AllBitsSet : T.Zero;

    // In f64, then rounded.
    private static double Wide(in Instruction s, double x, double y) => s.Code switch
    {
        TapeCode.Abs => Math.Abs(x),
        TapeCode.Sqrt => Math.Sqrt(x),
        TapeCode.Rsqrt => LaneMathematics.Rsqrt(x),
        TapeCode.Floor => Math.Floor(x),
        TapeCode.Round => Math.Round(x, MidpointRounding.ToEven),
        TapeCode.Weighted => s.Number * x,
        TapeCode.Exp => Transcendental.Exp(x),
        TapeCode.ExpM1 => Transcendental.ExpM1(x),
        TapeCode.Log => Transcendental.Log(x),
        TapeCode.LogP1 => Transcendental.LogP1(x),
        TapeCode.Tanh => Transcendental.Tanh(x),
        TapeCode.Sigmoid => Transcendental.Sigmoid(x),
        TapeCode.Sin => Transcendental.Sin(x),
        TapeCode.Cos => Transcendental.Cos(x),
        TapeCode.Atan => Transcendental.Atan(x),
        TapeCode.Erf => Transcendental.Erf(x),
        TapeCode.Erfc => Transcendental.Erfc(x),
        TapeCode.Pow => Transcendental.Pow(x, y),
        _ => throw new InvalidOperationException($"{s.Code} is no step of a number"),
    };
}

/// <summary>A step whose operands and result are addresses.</summary>
internal readonly record struct Instruction(TapeCode Code, int To, int A, int B, int C, double Number);
