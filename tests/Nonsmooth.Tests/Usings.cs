global using Nonsmooth.Arithmetic;
global using Nonsmooth.Cost;
global using Nonsmooth.Dictionary;
global using Nonsmooth.Differentiation;
global using Nonsmooth.Evaluation;
global using Nonsmooth.Programs;
global using Nonsmooth.Selections;
global using Nonsmooth.Tensors;
global using static Nonsmooth.Dictionary.Functions;
