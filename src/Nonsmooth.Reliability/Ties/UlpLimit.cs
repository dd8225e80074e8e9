using System.Numerics;
using System.Runtime.CompilerServices;
using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Reliability.Ties;

/// <summary>How wide so many units in the last place of a format are at a magnitude.</summary>
/// <param name="ulps">How many.</param>
/// <param name="precision">The format.</param>
/// <param name="usual">The magnitude that stands for 0: at a kink at 0 the arguments have none of their own.</param>
internal readonly struct UlpLimit<T>(double ulps, Precision precision, double usual)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _factor = T.CreateSaturating(ulps * Math.Pow(2, 1 - precision.SignificandBits()));
    private readonly T _least = T.CreateSaturating(ulps * precision.Smallest());
    private readonly T _usual = T.CreateSaturating(usual);

    /// <summary>The width; at least that many subnormal steps.</summary>
    public T At(T magnitude) => T.Max(_least, _factor * PowerBelow(magnitude == T.Zero ? _usual : magnitude));

    private static T PowerBelow(T magnitude)
    {
        if (typeof(T) == typeof(float))
        {
            float power = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(Unsafe.BitCast<T, float>(magnitude)) & 0x7F800000);
            return Unsafe.BitCast<float, T>(power);
        }

        double wide = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(double.CreateChecked(magnitude)) & 0x7FF0000000000000);
        return T.CreateChecked(wide);
    }
}
