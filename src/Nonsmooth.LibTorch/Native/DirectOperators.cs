namespace Nonsmooth.LibTorch.Native;

/// <summary>The direct entries as calls on handles: results are the caller's, arguments stay the caller's.</summary>
internal sealed unsafe class DirectOperators
{
    private static readonly DirectOperators?[] ByKind = new DirectOperators?[2];

    private readonly DirectEntries _entries;

    private DirectOperators(DirectEntries entries) => _entries = entries;

    public static DirectOperators For(DeviceKind kind) =>
        ByKind[(int)kind] ??= new DirectOperators(DirectEntries.For(kind));

    /// <summary>a + alpha·b, broadcast.</summary>
    public TensorHandle Add(TensorHandle a, TensorHandle b, double alpha = 1)
    {
        ThreadState.Enter();
        _entries.Need(_entries.AddTensor, "add_Tensor");
        nint result;
        Abi.Check(_entries.AddTensor(a.Value, b.Value, alpha, &result), "aten::add.Tensor");
        return new TensorHandle(result);
    }

    /// <summary>a − b, broadcast.</summary>
    public TensorHandle Subtract(TensorHandle a, TensorHandle b) => Add(a, b, -1);

    /// <summary>a + value.</summary>
    public TensorHandle Add(TensorHandle a, double value)
    {
        ThreadState.Enter();
        _entries.Need(_entries.AddScalar, "add_Scalar");
        nint result;
        Abi.Check(_entries.AddScalar(a.Value, value, 1, &result), "aten::add.Scalar");
        return new TensorHandle(result);
    }

    /// <summary>a·b, broadcast.</summary>
    public TensorHandle Multiply(TensorHandle a, TensorHandle b)
    {
        ThreadState.Enter();
        _entries.Need(_entries.MulTensor, "mul_Tensor");
        nint result;
        Abi.Check(_entries.MulTensor(a.Value, b.Value, &result), "aten::mul.Tensor");
        return new TensorHandle(result);
    }

    /// <summary>a·value.</summary>
    public TensorHandle Multiply(TensorHandle a, double value)
    {
        ThreadState.Enter();
        _entries.Need(_entries.MulScalar, "mul_Scalar");
        nint result;
        Abi.Check(_entries.MulScalar(a.Value, value, &result), "aten::mul.Scalar");
        return new TensorHandle(result);
    }

    /// <summary>a to the power of value.</summary>
    public TensorHandle Power(TensorHandle a, double exponent)
    {
        ThreadState.Enter();
        _entries.Need(_entries.PowTensorScalar, "pow_Tensor_Scalar");
        nint result;
        Abi.Check(_entries.PowTensorScalar(a.Value, exponent, &result), "aten::pow.Tensor_Scalar");
        return new TensorHandle(result);
    }

    /// <summary>value to the power of exponent.</summary>
    public TensorHandle Power(double value, TensorHandle exponent)
    {
        ThreadState.Enter();
        _entries.Need(_entries.PowScalar, "pow_Scalar");
        nint result;
        Abi.Check(_entries.PowScalar(value, exponent.Value, &result), "aten::pow.Scalar");
        return new TensorHandle(result);
    }

    /// <summary>a to the power of b, element by element, broadcast.</summary>
    public TensorHandle Power(TensorHandle a, TensorHandle exponent)
    {
        ThreadState.Enter();
        _entries.Need(_entries.PowTensorTensor, "pow_Tensor_Tensor");
        nint result;
        Abi.Check(_entries.PowTensorTensor(a.Value, exponent.Value, &result), "aten::pow.Tensor_Tensor");
        return new TensorHandle(result);
    }

    /// <summary>result = beta·c + alpha·a·b of matrices; result may be c; beta = 0 ignores c, NaN included.</summary>
    public void MatrixMultiplyAdd(TensorHandle result, TensorHandle c, TensorHandle a, TensorHandle b, double beta = 1, double alpha = 1)
    {
        ThreadState.Enter();
        _entries.Need(_entries.AddmmOut, "addmm_out");
        Abi.Check(_entries.AddmmOut(result.Value, c.Value, a.Value, b.Value, beta, alpha), "aten::addmm.out");
    }

    /// <summary>The same for a batch of matrices.</summary>
    public void BatchMultiplyAdd(TensorHandle result, TensorHandle c, TensorHandle a, TensorHandle b, double beta = 1, double alpha = 1)
    {
        ThreadState.Enter();
        _entries.Need(_entries.BaddbmmOut, "baddbmm_out");
        Abi.Check(_entries.BaddbmmOut(result.Value, c.Value, a.Value, b.Value, beta, alpha), "aten::baddbmm.out");
    }

    /// <summary>relu(beta·c + alpha·a·b), or GELU in its tanh form, in one call.</summary>
    public TensorHandle MatrixMultiplyAddActivation(TensorHandle c, TensorHandle a, TensorHandle b, bool gelu = false, double beta = 1, double alpha = 1)
    {
        ThreadState.Enter();
        _entries.Need(_entries.AddmmActivation, "_addmm_activation");
        nint result;
        Abi.Check(_entries.AddmmActivation(c.Value, a.Value, b.Value, beta, alpha, gelu ? 1 : 0, &result), "aten::_addmm_activation");
        return new TensorHandle(result);
    }

    /// <summary>result = a·b of matrices, into memory the caller has.</summary>
    public void MatrixMultiply(TensorHandle result, TensorHandle a, TensorHandle b)
    {
        ThreadState.Enter();
        _entries.Need(_entries.MmOut, "mm_out");
        Abi.Check(_entries.MmOut(result.Value, a.Value, b.Value), "aten::mm.out");
    }

    /// <summary>result = a·b for a batch of matrices, into memory the caller has.</summary>
    public void BatchMultiply(TensorHandle result, TensorHandle a, TensorHandle b)
    {
        ThreadState.Enter();
        _entries.Need(_entries.BmmOut, "bmm_out");
        Abi.Check(_entries.BmmOut(result.Value, a.Value, b.Value), "aten::bmm.out");
    }

    /// <summary>Writes one value into every element.</summary>
    public void Fill(TensorHandle target, double value)
    {
        ThreadState.Enter();
        _entries.Need(_entries.FillScalar, "fill__Scalar");
        Abi.Check(_entries.FillScalar(target.Value, value), "aten::fill_.Scalar");
    }

    /// <summary>result = a with source written at index along dim; result may be a.</summary>
    public void Scatter(TensorHandle result, TensorHandle a, long dim, TensorHandle index, TensorHandle source)
    {
        ThreadState.Enter();
        _entries.Need(_entries.ScatterSrcOut, "scatter_src_out");
        Abi.Check(_entries.ScatterSrcOut(result.Value, a.Value, dim, index.Value, source.Value), "aten::scatter.src_out");
    }

    /// <summary>result = a with one value written at index along dim; result may be a.</summary>
    public void Scatter(TensorHandle result, TensorHandle a, long dim, TensorHandle index, double value)
    {
        ThreadState.Enter();
        _entries.Need(_entries.ScatterValueOut, "scatter_value_out");
        Abi.Check(_entries.ScatterValueOut(result.Value, a.Value, dim, index.Value, value), "aten::scatter.value_out");
    }

    /// <summary>Running sums along dim.</summary>
    public TensorHandle CumulativeSum(TensorHandle a, long dim)
    {
        ThreadState.Enter();
        _entries.Need(_entries.CumSum, "cumsum");
        nint result;
        Abi.Check(_entries.CumSum(a.Value, dim, null, &result), "aten::cumsum");
        return new TensorHandle(result);
    }
}
