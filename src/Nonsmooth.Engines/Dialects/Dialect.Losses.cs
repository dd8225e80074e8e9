using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>|x − y|, not reduced.</summary>
    public virtual Variable L1Loss(Variable x, Variable y) => Each(Functions.L1Loss, x, y);

    /// <summary>Huber's loss, not reduced.</summary>
    public virtual Variable Huber(Variable x, Variable y, double delta) => Each((a, b) => Functions.Huber(a, b, delta), x, y);

    /// <summary>Huber's loss over β, |x − y| for β = 0; not reduced.</summary>
    public virtual Variable SmoothL1(Variable x, Variable y, double beta) => beta == 0 ? L1Loss(x, y) : Huber(x, y, beta) * (1 / beta);

    /// <summary>The p-distance of each element to 0.</summary>
    public virtual Variable CdistColumn(Variable x, double order) => Column(x).Norm(order, 1);

    /// <summary>The hinge for the label −1: max(0, 1 − x).</summary>
    public virtual Variable HingeEmbedding(Variable x) => Clip(1.0 - x, 0, null);

    /// <summary>How far x is below y: max(0, y − x).</summary>
    public virtual Variable MarginRanking(Variable x, Variable y) => Clip(y - x, 0, null);

    /// <summary>The distance between two vectors, as rows of two matrices.</summary>
    public virtual Variable Cdist(Variable x, Variable y) => Norm(x - y, 2);

    /// <summary>The distance between two vectors.</summary>
    public virtual Variable Dist(Variable x, Variable y) => Norm(x - y, 2);

    /// <summary>The distance between two vectors, 10⁻⁶ added to each difference.</summary>
    public virtual Variable PairwiseDistance(Variable x, Variable y) => Norm(x - y + 1e-6, 2);

    /// <summary>The p-distances between the elements.</summary>
    public virtual Variable CdistRows(Variable x, double order)
    {
        var differences = Column(x) - Row(x);
        return differences.Reshape(new Shape(x.Shape[0], x.Shape[0], 1)).Norm(order, 2);
    }
}
