using System.Runtime.InteropServices;

namespace Nonsmooth.Compiled;

/// <summary>One step of a tape; operands are numbers of earlier steps. Two steps are equal by their bits.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TapeStep
{
    public TapeStep(TapeCode code, int a = -1, int b = -1, int c = -1, double number = 0) =>
        (Code, A, B, C, Bits) = (code, a, b, c, BitConverter.DoubleToInt64Bits(number));

    public TapeCode Code { get; }

    public int A { get; }

    public int B { get; }

    public int C { get; }

    public double Number => BitConverter.Int64BitsToDouble(Bits);

    // Compared instead of the number: both zeros are equal, and are two constants.
    private long Bits { get; }

    /// <summary>How many of A, B, C are steps.</summary>
    public int Operands => Code switch
    {
        TapeCode.Constant or TapeCode.Load or TapeCode.LoadMask or TapeCode.Kernel => 0,
        TapeCode.Add or TapeCode.Subtract or TapeCode.Multiply or TapeCode.Divide or TapeCode.Max or TapeCode.Min or TapeCode.Pow
            or TapeCode.Less or TapeCode.LessEqual or TapeCode.Equal or TapeCode.And or TapeCode.Or => 2,
        TapeCode.Select => 3,
        _ => 1,
    };

    public bool IsMask => Code >= TapeCode.LoadMask;

    /// <summary>Whether it does something instead of being a value.</summary>
    public bool IsEffect => Code is TapeCode.Store or TapeCode.Kernel;

    /// <summary>Whether it is a value that is as cheap to find again as to keep.</summary>
    public bool IsGiven => Code is TapeCode.Constant or TapeCode.Load or TapeCode.LoadMask;

    public int Operand(int which) => which == 0 ? A : which == 1 ? B : C;

    /// <summary>The hash of its bits; record structs would hash fields one by one through their comparers.</summary>
    public override int GetHashCode()
    {
        ulong h = ((ulong)(uint)A * 0x9E3779B97F4A7C15) ^ (ulong)Bits ^ ((ulong)(uint)B << 32) ^ ((ulong)Code << 56);
        h = (h ^ (h >> 29) ^ (uint)C) * 0xBF58476D1CE4E5B9;
        return (int)(h >> 32);
    }
}
