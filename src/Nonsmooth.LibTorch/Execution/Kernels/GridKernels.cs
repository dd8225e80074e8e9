using System.Numerics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Loops for reading a tensor at the locations of a grid: weights in double precision, sums in that of the values.</summary>
internal sealed class GridKernels : ISpanKernel<GridSample>, ISpanKernel<GridScatter>
{
    public static void Register(Dictionary<Type, Func<Programs.Node, LoweringContext, Kernel?>> table)
    {
        var kernels = new GridKernels();
        table.Add<GridSample>((f, n, c) => OwnKernels.Of(kernels, f, n, c));
        table.Add<GridScatter>((f, n, c) => OwnKernels.Of(kernels, f, n, c));
    }

    public void Run<T>(GridSample function, SpanArguments<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = at.Argument(0);
        var y = at.Result(0);
        var (shape, grid) = (at.ArgumentTypes[0].Shape, at.ArgumentTypes[1].Shape);
        var read = new Locations<T>(function, shape[2..].ToArray(), grid, at.Argument(1));
        for (int image = 0; image < shape[0]; image++)
        {
            for (int location = 0; location < read.Count; location++)
            {
                read.Find(image, location);
                for (int channel = image * shape[1]; channel < (image + 1) * shape[1]; channel++)
                {
                    var plane = x.Slice(channel * read.Plane, read.Plane);
                    var sum = T.Zero;
                    for (int tap = 0; tap < read.Places.Length; tap++)
                    {
                        sum += read.Places[tap] < 0 ? T.Zero : read.Weights[tap] * plane[read.Places[tap]];
                    }

                    y[(channel * read.Count) + location] = sum;
                }
            }
        }
    }

    public void Run<T>(GridScatter function, SpanArguments<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var g = at.Argument(0);
        var x = at.Result(0);
        var (shape, grid) = (at.ArgumentTypes[0].Shape, at.ArgumentTypes[1].Shape);
        var read = new Locations<T>(function, function.Sizes, grid, at.Argument(1));
        x.Clear();
        for (int image = 0; image < shape[0]; image++)
        {
            for (int location = 0; location < read.Count; location++)
            {
                read.Find(image, location);
                for (int channel = image * shape[1]; channel < (image + 1) * shape[1]; channel++)
                {
                    var plane = x.Slice(channel * read.Plane, read.Plane);
                    var number = g[(channel * read.Count) + location];
                    for (int tap = 0; tap < read.Places.Length; tap++)
                    {
                        if (read.Places[tap] >= 0)
                        {
                            plane[read.Places[tap]] += read.Weights[tap] * number;
                        }
                    }
                }
            }
        }
    }

    /// <summary>The elements that locations read, one location after the other.</summary>
    private readonly ref struct Locations<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _grid;
        private readonly GridTaps _taps;
        private readonly Rounded<Float64>[] _coordinates;
        private readonly Rounded<Float64>[] _weights;

        public Locations(GridFunction function, IntVector sizes, Shape grid, ReadOnlySpan<T> coordinates)
        {
            _grid = coordinates;
            _taps = new GridTaps(function.Reading, function.Orders, sizes);
            Count = grid[1..^1].Elements;
            (_coordinates, _weights) = (new Rounded<Float64>[sizes.Count], new Rounded<Float64>[_taps.Count]);
            (Places, Weights, Plane) = (new int[_taps.Count], new T[_taps.Count], _taps.Plane);
        }

        public int Count { get; }

        public int Plane { get; }

        public int[] Places { get; }

        public T[] Weights { get; }

        public void Find(int image, int location)
        {
            int axes = _coordinates.Length;
            for (int k = 0; k < axes; k++)
            {
                _coordinates[k] = Rounded<Float64>.FromDouble(double.CreateChecked(_grid[(((image * Count) + location) * axes) + k]));
            }

            _taps.Find<Rounded<Float64>>(_coordinates, Places, _weights);
            for (int tap = 0; tap < Weights.Length; tap++)
            {
                Weights[tap] = T.CreateChecked(Rounded<Float64>.ToDouble(_weights[tap]));
            }
        }
    }
}
