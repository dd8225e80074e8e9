using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Training.Studies;

/// <summary>Rounds single-precision numbers to a narrower format, ties to even.</summary>
internal static class FormatRounding
{
    public static void InPlace(Span<float> values, Precision precision)
    {
        switch (precision)
        {
            case Precision.Float16:
                foreach (ref float value in values)
                {
                    value = (float)(Half)value;
                }

                break;
            case Precision.BFloat16:
                foreach (ref float value in values)
                {
                    value = (float)Arithmetic.BFloat16.Round(value);
                }

                break;
            default:
                break;
        }
    }
}
