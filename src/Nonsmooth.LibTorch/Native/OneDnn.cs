using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Nonsmooth.Randomness;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Whether oneDNN, libtorch's library of convolutions, is right on this processor: computed once, when libtorch is loaded.</summary>
/// <remarks>
/// The oneDNN in libtorch 2.10 (3.7.1) plans its copies by the sizes of the processor's caches. On a virtual machine that does
/// not tell them (CPUID leaf 0x8000001D is empty), likely for that reason, it drops weights of channels beyond a multiple of 16, in
/// silence: values are off by half and gradients NaN. So one convolution in whole numbers, whose sums are exact in any
/// order, is compared with plain loops. Where it differs libtorch is told to do without oneDNN, which is slower and right.
/// </remarks>
internal static unsafe class OneDnn
{
    private const int Inputs = 24;
    private const int Outputs = 20;
    private const int Side = 12;
    private const int Window = 5;
    private const int Result = Side - Window + 1;

    /// <summary>Whether convolutions may use it.</summary>
    public static bool IsTrusted { get; private set; } = true;

    // What libtorch asks for before it gives binary16 to oneDNN: AVX-512 FP16, which AMD's processors with AVX-512 lack.
    private static bool HasBinary16 { get; } = HasAvx512 && (X86Base.CpuId(7, 0).Edx & (1 << 23)) != 0;

    private static bool HasAvx512 => Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported;

    /// <summary>
    /// Whether a convolution's sums start at the bias, small products being rounded at its size, one by one: libtorch's own may, which are those of
    /// binary64 on every processor, and oneDNN's for AVX2.
    /// </summary>
    public static bool StartsAtBias(TensorHandle input, DeviceKind kind) =>
        kind == DeviceKind.Cpu && (!IsTrusted || !HasAvx512 || input.Dtype == TorchDtype.Float64);

    /// <summary>
    /// Whether what lies in 16 bits is to be computed in 32: without oneDNN, and in binary16 without AVX-512 FP16 too, libtorch's own loops add up in 16 bits,
    /// and slowly (a sum overflows that need not), and without the processor's instructions oneDNN emulates bfloat16, more slowly than it multiplies f32.
    /// </summary>
    public static bool Widens(TensorHandle tensor, DeviceKind kind) => kind == DeviceKind.Cpu && tensor.Dtype switch
    {
        TorchDtype.BFloat16 => !IsTrusted || !BFloat16Support.ProcessorHasInstructions,
        TorchDtype.Float16 => !IsTrusted || !HasBinary16,
        _ => false,
    };

    /// <summary>Compares, and leaves oneDNN out where it is wrong.</summary>
    /// <exception cref="NonsmoothException">It is wrong and cannot be left out, or what is used instead is wrong too.</exception>
    public static void Check(EntryTable entries)
    {
        if (IsRight())
        {
            return;
        }

        IsTrusted = false;
        if (entries.Optional("_ZN2at13globalContextEv") is not 0 and nint context)
        {
            // NNPACK is tried next; it is older still, and where it cannot run it says so at every call.
            foreach (string setting in (string[])["_ZN2at7Context20setUserEnabledMkldnnEb", "_ZN2at7Context20setUserEnabledNNPACKEb"])
            {
                if (entries.Optional(setting) is not 0 and nint choose)
                {
                    ((delegate* unmanaged[Cdecl]<nint, byte, void>)choose)(((delegate* unmanaged[Cdecl]<nint>)context)(), 0);
                }
            }
        }

        if (!IsRight())
        {
            throw new NonsmoothException("libtorch's convolutions are wrong on this processor (a convolution of whole numbers differs from its sums), with oneDNN and without: use another libtorch or another machine.");
        }
    }

    private static bool IsRight()
    {
        float[] image = Whole(Inputs * Side * Side, 7), weight = Whole(Outputs * Inputs * Window * Window, 3), slope = Whole(Outputs * Result * Result, 5);
        float[] value = new float[slope.Length], imageSlope = new float[image.Length], weightSlope = new float[weight.Length];
        for (int o = 0; o < Outputs; o++)
        {
            for (int c = 0; c < Inputs; c++)
            {
                for (int k = 0; k < Window * Window; k++)
                {
                    int w = (((o * Inputs) + c) * Window * Window) + k;
                    for (int i = 0; i < Result * Result; i++)
                    {
                        int x = (((c * Side) + (i / Result) + (k / Window)) * Side) + (i % Result) + (k % Window);
                        int y = (o * Result * Result) + i;
                        value[y] += weight[w] * image[x];
                        imageSlope[x] += weight[w] * slope[y];
                        weightSlope[w] += image[x] * slope[y];
                    }
                }
            }
        }

        var convolution = new DirectConvolution([1, 1], [0, 0], [1, 1], 1);
        TensorHandle x0 = Tensor(image, [1, Inputs, Side, Side]), w0 = Tensor(weight, [Outputs, Inputs, Window, Window]), g0 = Tensor(slope, [1, Outputs, Result, Result]);
        var y0 = convolution.Forward(x0, w0, default);
        var (gx, gw, _) = convolution.Backward(g0, x0, w0, wantInput: true, wantWeight: true, wantBias: false);
        bool isRight = Same(y0, value) && Same(gx, imageSlope) && Same(gw, weightSlope);
        foreach (var handle in (ReadOnlySpan<TensorHandle>)[x0, w0, g0, y0, gx, gw])
        {
            handle.Delete();
        }

        return isRight;
    }

    // Small whole numbers of both signs without a pattern in the sizes used here.
    private static float[] Whole(int count, ulong stream)
    {
        var random = new CounterRandom(0, stream);
        return [.. Enumerable.Range(0, count).Select(i => (float)((int)(random.At((ulong)i) % 5) - 2))];
    }

    private static TensorHandle Tensor(float[] numbers, ReadOnlySpan<long> sizes) =>
        TensorFactory.FromBytes(MemoryMarshal.AsBytes<float>(numbers), sizes, TorchDtype.Float32, Device.Cpu);

    private static bool Same(TensorHandle tensor, float[] numbers)
    {
        var plain = TensorFactory.Contiguous(tensor);
        bool isSame = new ReadOnlySpan<float>((void*)plain.Data, numbers.Length).SequenceEqual(numbers);
        plain.Delete();
        return isSame;
    }
}
