using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>Regions of images read at regular places and pooled: ONNX's RoiAlign, torchvision's roi_align.</summary>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="boxes">The regions, [R, 4]: left, top, right and bottom.</param>
    /// <param name="images">Which image each is of, [R] indices.</param>
    /// <param name="size">Rows and columns of the result.</param>
    /// <param name="sampling">How many places are read in an element of the result, in each direction.</param>
    /// <param name="scale">What boxes are multiplied by to be in pixels.</param>
    /// <param name="halfPixel">Whether a pixel's middle is at ½; else regions are at least a pixel large and pixels' middles whole.</param>
    /// <param name="largest">Whether the largest is taken, not the mean: of the four weighted pixels around each place, as ONNX has it.</param>
    /// <returns>[R, C, rows, columns].</returns>
    /// <remarks>
    /// What lies more than a pixel outside is 0: it jumps there. In the boxes the mean has the derivative of what it reads. Of
    /// equal candidates for the largest each has a share by <c>max-ties</c>.
    /// </remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or no place is read.</exception>
    public static Variable RoiAlign(
        Variable x, Variable boxes, Variable images, Pair size, int sampling = 2, double scale = 1, bool halfPixel = true, bool largest = false)
    {
        if (x.Shape.Rank != 4 || boxes.Shape.Rank != 2 || boxes.Shape[1] != 4 || sampling < 1 || size.Rows < 1 || size.Columns < 1)
        {
            throw new ShapeException($"regions {boxes.Shape} of {x.Shape} read at {sampling}² places: give [N, C, H, W], [R, 4] and at least one place");
        }

        var region = IndexSelect(x, images, 0);
        var (rows, rowsInside) = Places(boxes, 1, size.Rows, sampling, x.Shape[2], scale, halfPixel);
        var (columns, columnsInside) = Places(boxes, 0, size.Columns, sampling, x.Shape[3], scale, halfPixel);
        int regions = boxes.Shape[0];
        var locations = new Shape(regions, rows.Shape[1], columns.Shape[1]);
        var inside = Broadcasting.Apply(
            new Logical(LogicalOperation.And), rowsInside.Reshape(new Shape(regions, 1, rows.Shape[1], 1)), columnsInside.Reshape(new Shape(regions, 1, 1, columns.Shape[1])));
        if (!largest)
        {
            var grid = Stack(-1, Spread(Unit(columns, x.Shape[3]), 2, locations), Spread(Unit(rows, x.Shape[2]), 1, locations));
            var read = Where(inside, GridSample(region, grid, GridMode.Linear, GridPadding.Border, alignCorners: true), 0);
            return sampling == 1 ? read : AvgPool2d(read, sampling);
        }

        var pixels = region.Reshape(new Shape(regions, x.Shape[1], x.Shape[2] * x.Shape[3]));
        var (down, right) = (Corners(rows, x.Shape[2]), Corners(columns, x.Shape[3]));
        var parts = new List<Variable>();
        foreach (var (row, rowWeight) in down)
        {
            foreach (var (column, columnWeight) in right)
            {
                var place = Combine(
                    IndexOperation.Add,
                    Combine(IndexOperation.Multiply, Spread(row, 1, locations), Number(x.Builder, x.Shape[3])),
                    Spread(column, 2, locations)).Reshape(new Shape(regions, 1, locations[1] * locations[2]));
                var pixel = Gather(pixels, Broadcasting.To(place, new Shape(regions, x.Shape[1], locations[1] * locations[2])), 2)
                    .Reshape(new Shape(regions, x.Shape[1], locations[1], locations[2]));
                var weight = (Spread(rowWeight, 1, locations) * Spread(columnWeight, 2, locations)).Reshape(new Shape(regions, 1, locations[1], locations[2]));
                parts.Add(Where(inside, pixel * weight, 0));
            }
        }

        return Stack(-1, [.. parts]).Reshape(new Shape(regions, x.Shape[1], size.Rows, sampling, size.Columns, sampling, 4)).Max(3, 5, 6);
    }

    // Where regions are read along one axis, brought into it, and whether that was inside.
    private static (Variable Places, Variable Inside) Places(Variable boxes, int side, int size, int sampling, int pixels, double scale, bool halfPixel)
    {
        double offset = halfPixel ? 0.5 : 0;
        var start = Scale(boxes.Slice(1, side, side + 1), scale) - offset;
        var length = Scale(boxes.Slice(1, side + 2, side + 3), scale) - offset - start;
        if (!halfPixel)
        {
            length = Maximum(length, boxes.Builder.Apply(new Fill(length.Shape, 1)));
        }

        int count = size * sampling;
        var steps = boxes.Builder.Constant(Tensor.Generate(new Shape(1, count), i => (i + 0.5) / count));
        var places = start + (length * steps);
        var least = boxes.Builder.Apply(new Fill(places.Shape, -1));
        var most = boxes.Builder.Apply(new Fill(places.Shape, pixels));
        var inside = boxes.Builder.Apply(
            new Logical(LogicalOperation.And),
            boxes.Builder.Apply(new Compare(Comparison.GreaterEqual), places, least),
            boxes.Builder.Apply(new Compare(Comparison.LessEqual), places, most));
        return (places, inside);
    }

    private static Variable Unit(Variable places, int pixels) => pixels > 1 ? Scale(places, 2.0 / (pixels - 1)) - 1 : Scale(places, 0);

    private static Variable Spread(Variable line, int axis, Shape locations) => Broadcasting.To(
        line.Reshape(axis == 1 ? new Shape(locations[0], locations[1], 1) : new Shape(locations[0], 1, locations[2])), locations);

    // The pixels on both sides of each place, with their weights.
    private static (Variable Index, Variable Weight)[] Corners(Variable places, int pixels)
    {
        var at = Clamp(places, 0, pixels - 1);
        var low = Floor(at);
        var high = Minimum(low + 1, at.Builder.Apply(new Fill(at.Shape, pixels - 1)));
        var share = at - low;
        return [(Cast(low, ElementKind.Index), 1 - share), (Cast(high, ElementKind.Index), share)];
    }
}
