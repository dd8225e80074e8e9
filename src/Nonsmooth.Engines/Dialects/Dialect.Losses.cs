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

    /// <summary>The p-distances between the elements.</summary>
    public virtual Variable CdistRows(Variable x, double order)
    {
        var differences = Column(x) - Row(x);
        return differences.Reshape(new Shape(x.Shape[0], x.Shape[0], 1)).Norm(order, 2);
    }
}
