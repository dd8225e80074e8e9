using System.Runtime.InteropServices;
using Nonsmooth.Optimizers.Workers;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Five steps X ← aX + (bA + cA²)X with A = XXᵀ, in native scratch memory for matrices up to a size given.
/// </summary>
internal sealed unsafe class NewtonSchulz : SafeHandle, IWorkerTask
{
    private const int Steps = 5;
    private const double NormFloor = 1e-7;
    private const float A = 3.4445f;
    private const float B = -4.7750f;
    private const float C = 2.0315f;

    private readonly WorkerPool _pool;
    private readonly long _matrix;
    private readonly long _square;
    private int _rows;
    private int _columns;
    private int _phase;
    private bool _flipped;

    /// <param name="pool">Borrowed.</param>
    /// <param name="largest">The most numbers of a matrix.</param>
    /// <param name="side">The longest short side of one.</param>
    public NewtonSchulz(WorkerPool pool, long largest, int side)
        : base(0, ownsHandle: true)
    {
        _pool = pool;
        (_matrix, _square) = (Padded(largest), Padded((long)side * side));
        nuint bytes = checked((nuint)(((3 * _matrix) + (2 * _square)) * sizeof(float)));
        if (bytes > 0)
        {
            SetHandle((nint)NativeMemory.AlignedAlloc(bytes, 64));
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The matrix to orthogonalise, row-major, no more rows than columns; also the result.</summary>
    public float* X => (float*)handle + (_flipped ? _matrix : 0);

    private float* Next => (float*)handle + (_flipped ? 0 : _matrix);

    private float* Transposed => (float*)handle + (2 * _matrix);

    private float* Gram => (float*)handle + (3 * _matrix);

    private float* Polynomial => Gram + _square;

    /// <summary>Orthogonalises <see cref="X"/>, whose Frobenius norm is given.</summary>
    public void Run(int rows, int columns, double norm)
    {
        (_rows, _columns) = (rows, columns);
        float scale = (float)(1 / (norm + NormFloor));
        float* x = X;
        for (long i = 0; i < (long)rows * columns; i++)
        {
            x[i] *= scale;
        }

        for (int step = 0; step < Steps; step++)
        {
            for (_phase = 0; _phase < 4; _phase++)
            {
                _pool.Run(this);
            }

            _flipped = !_flipped;
        }
    }

    void IWorkerTask.Execute(int worker, int workers)
    {
        int start = (int)((long)_rows * worker / workers);
        int end = (int)((long)_rows * (worker + 1) / workers);
        switch (_phase)
        {
            case 0:
                for (int row = start; row < end; row++)
                {
                    for (int column = 0; column < _columns; column++)
                    {
                        Transposed[((long)column * _rows) + row] = X[((long)row * _columns) + column];
                    }
                }

                break;
            case 1:
                MatrixProduct.Rows(X, Transposed, Gram, _columns, _rows, start, end, 1, 0, null);
                break;
            case 2:
                MatrixProduct.Rows(Gram, Gram, Polynomial, _rows, _rows, start, end, C, B, Gram);
                break;
            default:
                MatrixProduct.Rows(Polynomial, X, Next, _rows, _columns, start, end, 1, A, X);
                break;
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    private static long Padded(long floats) => (floats + 15) / 16 * 16;
}
