namespace MlNetShallowNet.Quality.Shapes;

/// <summary>A shape whose rows, columns and function are drawn: what <c>search</c> looks through.</summary>
internal abstract record DrawnShape(string Name, int Rows, int Columns) : Shape(Name, Rows, Columns)
{
    public override int TestRows => 20_000;

    /// <summary>The function in words.</summary>
    public abstract string Function { get; }
}
