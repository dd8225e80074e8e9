using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>The derivative of a max pooling and its transpose under any tie rule, a plane at a time.</summary>
/// <remarks>
/// Products and sums are made in the interpreter's order, so that the bits are its bits in 32 and 64 bits; a plane is one
/// thread's work, so that they do not depend on the number of threads.
/// </remarks>
internal static unsafe class MaxPoolLoops
{
    private const long Grain = 32768;

    /// <summary>Runs over so many planes of row-major tensors of 32 or 64 bits.</summary>
    public static void Run(MaxPoolWork work, long planes, bool scatter, bool wide) => ParallelLoop.Run(
        planes,
        Math.Max(1, Grain / Math.Max(1, work.Plane)),
        (scatter, wide) switch
        {
            (true, false) => &ScatterSingle,
            (true, true) => &ScatterDouble,
            (false, false) => &PickSingle,
            _ => &PickDouble,
        },
        &work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ScatterSingle(long begin, long end, void* work)
    {
        var w = (MaxPoolWork*)work;
        for (long plane = begin; plane < end; plane++)
        {
            if (w->Pairs)
            {
                Clear<float>(w, plane, 0f);
                PairsSingle(w, plane);
            }
            else
            {
                Scatter<float>(w, plane);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ScatterDouble(long begin, long end, void* work)
    {
        var w = (MaxPoolWork*)work;
        for (long plane = begin; plane < end; plane++)
        {
            if (w->Pairs)
            {
                Clear<double>(w, plane, 0.0);
                PairsDouble(w, plane);
            }
            else
            {
                Scatter<double>(w, plane);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void PickSingle(long begin, long end, void* work) => Pick<float>(begin, end, (MaxPoolWork*)work);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void PickDouble(long begin, long end, void* work) => Pick<double>(begin, end, (MaxPoolWork*)work);

    // Where windows do not overlap only what none of them covers needs a 0.
    private static void Clear<T>(MaxPoolWork* w, long plane, T zero)
        where T : unmanaged
    {
        T* y = (T*)w->Result + (plane * w->Plane);
        for (long row = 0; row < 2L * w->OutputHeight && w->Width > 2 * w->OutputWidth; row++)
        {
            y[(row * w->Width) + w->Width - 1] = zero;
        }

        if (w->Height > 2 * w->OutputHeight)
        {
            new Span<T>(y + ((long)(w->Height - 1) * w->Width), w->Width).Fill(zero);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PairsSingle(MaxPoolWork* w, long plane)
    {
        float* x = (float*)w->X + (plane * w->Plane);
        float* y = (float*)w->Result + (plane * w->Plane);
        float* g = (float*)w->Direction + (plane * w->Windows);
        long* index = w->Index + (plane * w->Windows);
        long width = w->Width;
        for (int r = 0; r < w->OutputHeight; r++)
        {
            long at = 2 * r * width;
            for (int c = 0; c < w->OutputWidth; c++, at += 2, g++, index++)
            {
                // Pairs of elements move as doubles: x64 has no registers of 64 bits for floats.
                var elements = Vector128.Create(*(double*)(x + at), *(double*)(x + at + width)).AsSingle();
                uint pattern = w->First ? 0 : Vector128.Equals(elements, Vector128.Create(MaxPoolWindow<float>.Top(w, x, *index))).ExtractMostSignificantBits();
                long row = 4 * (pattern != 0 ? pattern : Place(*index - at, width));
                var weights = Vector128.Load((float*)w->Weights + row);
                var parts = Vector128.ConditionalSelect(
                    Vector128.Load((float*)w->Marks + row), weights * Vector128.Create(*g), weights);
                *(double*)(y + at) = parts.AsDouble().ToScalar();
                *(double*)(y + at + width) = parts.AsDouble().GetElement(1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PairsDouble(MaxPoolWork* w, long plane)
    {
        double* x = (double*)w->X + (plane * w->Plane);
        double* y = (double*)w->Result + (plane * w->Plane);
        double* g = (double*)w->Direction + (plane * w->Windows);
        long* index = w->Index + (plane * w->Windows);
        long width = w->Width;
        for (int r = 0; r < w->OutputHeight; r++)
        {
            long at = 2 * r * width;
            for (int c = 0; c < w->OutputWidth; c++, at += 2, g++, index++)
            {
                var elements = Vector256.Create(Vector128.Load(x + at), Vector128.Load(x + at + width));
                uint pattern = w->First ? 0 : Vector256.Equals(elements, Vector256.Create(MaxPoolWindow<double>.Top(w, x, *index))).ExtractMostSignificantBits();
                long row = 4 * (pattern != 0 ? pattern : Place(*index - at, width));
                var weights = Vector256.Load((double*)w->Weights + row);
                var parts = Vector256.ConditionalSelect(
                    Vector256.Load((double*)w->Marks + row), weights * Vector256.Create(*g), weights);
                parts.GetLower().Store(y + at);
                parts.GetUpper().Store(y + at + width);
            }
        }
    }

    // Pattern 0, nothing to anyone, where the index is not in the window: a pooling's own always is.
    private static long Place(long offset, long width) => offset is 0 or 1 ? 16 + offset
        : offset == width || offset == width + 1 ? 18 + offset - width
        : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<T>(MaxPoolWork* w, long plane)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* x = (T*)w->X + (plane * w->Plane);
        T* y = (T*)w->Result + (plane * w->Plane);
        T* g = (T*)w->Direction + (plane * w->Windows);
        long* index = w->Index + (plane * w->Windows);

        // −0 + part is part, whatever its sign: a sum that has not started.
        for (long i = 0; i < w->Plane; i++)
        {
            y[i] = w->Covered[i] ? T.NegativeZero : T.Zero;
        }

        for (int r = 0; r < w->OutputHeight; r++)
        {
            for (int c = 0; c < w->OutputWidth; c++, g++, index++)
            {
                var window = new MaxPoolWindow<T>(w, x, *index, r, c);
                for (int i = 0; i < window.Height; i++)
                {
                    long at = window.From + ((long)i * w->RowStep * w->Width);
                    for (int j = 0; j < window.Width; j++, at += w->ColumnStep)
                    {
                        y[at] += window.Part(at, *g);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pick<T>(long begin, long end, MaxPoolWork* w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (long plane = begin; plane < end; plane++)
        {
            T* x = (T*)w->X + (plane * w->Plane);
            T* tangent = (T*)w->Direction + (plane * w->Plane);
            T* y = (T*)w->Result + (plane * w->Windows);
            long* index = w->Index + (plane * w->Windows);
            for (int r = 0; r < w->OutputHeight; r++)
            {
                for (int c = 0; c < w->OutputWidth; c++, y++, index++)
                {
                    var window = new MaxPoolWindow<T>(w, x, *index, r, c);
                    T sum = T.NegativeZero;
                    for (int i = 0; i < window.Height; i++)
                    {
                        long at = window.From + ((long)i * w->RowStep * w->Width);
                        for (int j = 0; j < window.Width; j++, at += w->ColumnStep)
                        {
                            sum += window.Part(at, tangent[at]);
                        }
                    }

                    *y = sum;
                }
            }
        }
    }
}
